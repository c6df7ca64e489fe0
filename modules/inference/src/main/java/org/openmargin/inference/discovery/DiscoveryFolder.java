package org.openmargin.inference.discovery;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.image.LevelRule;
import org.openmargin.report.page.Page;
import org.openmargin.report.plot.FailurePicture;

/**
 * What a discovery writes: {@code identities.csv} with the columns {@code file}, {@code identity}
 * (empty for images in no group), {@code similarity}, which {@code gallery enrol} takes; and {@code
 * discovery.html} with images of each group, the medoid first.
 */
public record DiscoveryFolder(Path path) {
  private static final int SHOWN = 12;

  /**
   * How images are shown: as the model sees them.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @param levels for values of more than 8 bits
   */
  public record Form(int channels, LevelRule levels) {}

  public Path table() {
    return path.resolve("identities.csv");
  }

  public Path page() {
    return path.resolve("discovery.html");
  }

  /**
   * @param form of the model's images
   * @throws DataException if a file cannot be written
   */
  public void write(Discovery discovery, Form form) {
    try {
      Files.createDirectories(path);
      AtomicTextFile.write(
          table(),
          writer -> {
            var csv = CsvWriter.builder().bufferSize(0).build(writer);
            csv.writeRecord("file", "identity", "similarity");
            for (var group : discovery.groups()) {
              for (var member : group.members()) {
                csv.writeRecord(
                    relative(member.file()), group.name(), Double.toString(member.similarity()));
              }
            }
            discovery.single().forEach(file -> csv.writeRecord(relative(file), "", ""));
          });
      pageOf(discovery, form).write(page());
    } catch (IOException e) {
      throw new DataException("%s cannot be written: %s".formatted(path, FileErrors.reason(e)), e);
    }
  }

  /** To the table's folder, so that both can be moved together. */
  private String relative(Path file) {
    var here = path.toAbsolutePath().normalize();
    var there = file.toAbsolutePath().normalize();
    return Optional.ofNullable(here.getRoot()).equals(Optional.ofNullable(there.getRoot()))
        ? here.relativize(there).toString()
        : there.toString();
  }

  private static Page pageOf(Discovery discovery, Form form) {
    var rows =
        discovery.groups().stream()
            .map(
                group ->
                    List.of(
                        group.name(),
                        Integer.toString(group.members().size()),
                        decimal(group.cohesion()),
                        group.medoid().getFileName().toString()))
            .toList();
    var parts = new ArrayList<Page.Part>();
    parts.add(
        new Page.Table(
            "Proposed classes; cohesion: mean cosine between two images",
            List.of("class", "images", "cohesion", "medoid"),
            rows));
    discovery.groups().forEach(group -> parts.add(pictures(group, form)));
    if (!discovery.single().isEmpty()) {
      var some = discovery.single().stream().limit(SHOWN).toList();
      var shown = some.stream().map(file -> picture(file, file.toString(), form)).toList();
      parts.add(
          new Page.Pictures("In no group", note(discovery.single().size(), shown.size()), shown));
    }
    return new Page("Discovered classes", lead(discovery), parts);
  }

  private static List<String> lead(Discovery discovery) {
    return List.of(
        "%d rejected images, of which %d are in %d groups; %d images were accepted as known, %d files could not be used."
            .formatted(
                discovery.rejected(),
                discovery.rejected() - discovery.single().size(),
                discovery.groups().size(),
                discovery.accepted(),
                discovery.unusable().size()),
        "Grouped by " + discovery.method().words() + ", without a number of groups.",
        "A proposal to look at: the groups are what the network finds similar. This page holds the images: handle it as you handle them.");
  }

  private static Page.Pictures pictures(DiscoveredGroup group, Form form) {
    var shown =
        group.members().stream()
            .limit(SHOWN)
            .map(
                member ->
                    picture(
                        member.file(),
                        decimal(member.similarity()) + "  " + member.file().getFileName(),
                        form))
            .toList();
    return new Page.Pictures(
        group.name() + ": cohesion " + decimal(group.cohesion()),
        note(group.members().size(), shown.size())
            + " The medoid comes first, then the most similar to it, with the cosine.",
        shown);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String note(int all, int shown) {
    return all == shown ? "%d images.".formatted(all) : "%d of %d images.".formatted(shown, all);
  }

  private static Page.Picture picture(Path file, String caption, Form form) {
    var image = ImageFiles.decode(file, form.channels(), form.levels());
    return new Page.Picture(FailurePicture.of(image, 0, Optional.empty()).image(), caption);
  }
}
