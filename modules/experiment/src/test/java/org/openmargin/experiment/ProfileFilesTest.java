package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.profiler.ChromeTrace;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.ProfileSettings;
import org.openmargin.profiler.Timeline;
import org.openmargin.profiler.Timeline.Event;
import org.openmargin.profiler.Timeline.Row;
import org.openmargin.trainer.TrainingException;

class ProfileFilesTest {
  private static final Path TINY = Path.of("../../proto/experiments/synthetic/tiny.textproto");
  private static final ProfileSettings SHORT = new ProfileSettings(1, 2);

  @TempDir Path folder;

  private static Experiment tiny(String... overrides) {
    var all = new ArrayList<>(List.of("runtime.deterministic=true"));
    all.addAll(List.of(overrides));
    return Experiment.read(TINY, all.toArray(String[]::new)).withNotices(notice -> {});
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static List<JsonObject> events(JsonElement trace) {
    var events = trace.getAsJsonObject().getAsJsonArray("traceEvents");
    return StreamSupport.stream(events.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  @Test
  void aProfileIsWrittenAndReturned() throws IOException {
    var files = new ProfileFolder(folder.resolve("profiles/tiny"));
    var profile = tiny().profile(new ProfileRequest(files.path(), SHORT));

    var written = json(files.profile()).getAsJsonObject("profile");
    var pace = written.getAsJsonObject("pace");
    assertThat(pace.get("imagesPerSecond").getAsDouble())
        .isEqualTo(profile.pace().imagesPerSecond());
    assertThat(written.getAsJsonObject("placement").get("nodeCount").getAsInt())
        .isEqualTo(profile.placement().nodeCount());
    var cpu = written.getAsJsonArray("devices").get(0).getAsJsonObject();
    assertThat(cpu.get("device").getAsString()).isEqualTo("CPU:0");
    assertThat(cpu.getAsJsonArray("operations"))
        .hasSize(profile.devices().get(0).operations().size());
    var provenance = json(files.profile()).getAsJsonObject("provenance");
    assertThat(provenance.get("tensorflowVersion").getAsString()).startsWith("2.18");
    try (var all = Files.list(files.path())) {
      assertThat(all).containsExactlyInAnyOrder(files.profile(), files.trace());
    }
  }

  @Test
  void theTraceHoldsEveryOperationOfEveryTracedStep() throws IOException {
    var files = new ProfileFolder(folder);
    var profile = tiny().profile(new ProfileRequest(folder, SHORT));
    var complete =
        events(json(files.trace())).stream()
            .filter(event -> event.get("ph").getAsString().equals("X"))
            .toList();
    assertThat(complete)
        .allMatch(event -> event.keySet().containsAll(List.of("name", "ts", "dur", "pid", "tid")))
        .allMatch(e -> e.get("ts").getAsDouble() >= 0 && e.get("dur").getAsDouble() >= 0);
    var calls =
        profile.devices().get(0).operations().stream()
            .mapToDouble(operation -> operation.callsPerStep() * SHORT.steps())
            .sum();
    var ofLoop = 3 * SHORT.steps();
    assertThat(complete).hasSize((int) Math.round(calls) + ofLoop);
  }

  @Test
  void aTimelineIsWrittenAsProcessesThreadsAndEvents() throws IOException {
    var details = new LinkedHashMap<String, Object>();
    details.put("step", 7);
    details.put("type", "Conv2D");
    details.put("layer", "net.\"a\"");
    var loop = new Event("step 7", "loop", Map.of("step", 7), 1_000_000, 9_000_000);
    var timeline =
        new Timeline(
            List.of(
                new Row("loop", "steps", List.of(loop)),
                new Row("CPU:0", "operations 1", List.of()),
                new Row(
                    "CPU:0",
                    "operations 2",
                    List.of(new Event("a", "backward", details, 1_002_003, 1_002_010)))));
    var text = new StringWriter();
    new ChromeTrace(text).write(timeline);
    var events = events(JsonParser.parseString(text.toString()));
    assertThat(events).extracting(event -> event.get("ph").getAsString()).containsOnly("M", "X");
    assertThat(events)
        .contains(
            JsonParser.parseString(
                    "{ph: M, name: thread_name, pid: 1, tid: 1, args: {name: 'operations 2'}}")
                .getAsJsonObject(),
            JsonParser.parseString(
                    "{ph: M, name: process_name, pid: 1, tid: 0, args: {name: 'CPU:0'}}")
                .getAsJsonObject());
    var operation = events.get(events.size() - 1);
    assertThat(operation.toString())
        .isEqualTo(
            "{\"ph\":\"X\",\"name\":\"a\",\"cat\":\"backward\",\"ts\":2.003,\"dur\":0.007,"
                + "\"pid\":1,\"tid\":1,"
                + "\"args\":{\"step\":7,\"type\":\"Conv2D\",\"layer\":\"net.\\\"a\\\"\"}}");
  }

  @Test
  void imagesComeAsInTraining() {
    var notices = new ArrayList<String>();
    var streamed = tiny("runtime.images.place=STREAMED").withNotices(notices::add);
    var profile = streamed.profile(new ProfileRequest(folder.resolve("streamed"), SHORT));
    var resident = tiny().profile(new ProfileRequest(folder.resolve("resident"), SHORT));
    assertThat(notices).anyMatch(notice -> notice.startsWith("training images: 1 MiB, streamed"));
    assertThat(types(profile)).doesNotContain("ResourceGather");
    assertThat(types(resident)).contains("ResourceGather");
  }

  private static List<String> types(Profile profile) {
    return profile.devices().get(0).types().stream().map(Profile.GroupTime::name).toList();
  }

  @Test
  void theFolderOfARunIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("experiment.textproto"), "a run");
    assertThatThrownBy(() -> tiny().profile(new ProfileRequest(folder, SHORT)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is a run folder");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".json"));
  }

  @Test
  void aFileIsNotAFolderForAProfile() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> tiny().profile(ProfileRequest.in(file)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> tiny().profile(ProfileRequest.in(file.resolve("below"))))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("cannot write the profile");
  }

  @Test
  void anExperimentThatCannotBeTrainedCannotBeProfiled() {
    var out = folder.resolve("profile");
    assertThatThrownBy(() -> tiny("training.batch_size=4096").profile(ProfileRequest.in(out)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("fewer than one batch");
    assertThatThrownBy(() -> tiny("data.npz.path=nosuch.npz").profile(ProfileRequest.in(out)))
        .isInstanceOf(DataException.class);
    assertThat(out).doesNotExist();
  }
}
