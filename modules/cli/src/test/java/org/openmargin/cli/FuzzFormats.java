package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All kinds of files that users, disks and networks can hand to the program, with what reads them.
 *
 * @param folder for whole and damaged files
 */
record FuzzFormats(Path folder) {
  /** Those that need neither a run nor a model. */
  Map<String, FuzzFormat> ofFiles() throws IOException {
    Files.createDirectories(folder);
    var seeds = new FuzzSeeds(folder);
    return named(
        List.of(
            new FuzzFormat("experiment", seeds.texts("proto/experiments"), FuzzReaders::validated),
            new FuzzFormat("benchmark plan", seeds.texts("proto/benchmarks"), FuzzReaders::plan),
            archive("npz", bytes -> bytes),
            archive("npy in npz", FuzzRepairs::zippedAnew),
            new FuzzFormat(
                "image",
                seeds.files("files/src/test/resources", "(jpg|png|webp|tiff)"),
                FuzzReaders::decoded),
            new FuzzFormat(
                "png with right checksums",
                seeds.files("files/src/test/resources", "png"),
                FuzzRepairs::withChunkSums,
                FuzzReaders::decoded),
            new FuzzFormat("drawn image", seeds.drawn(), FuzzReaders::decoded),
            new FuzzFormat(
                "dicom", seeds.files("dicom/src/test/resources", "dcm"), FuzzReaders::decoded),
            new FuzzFormat(
                "manifest",
                seeds.manifests(),
                file -> FuzzReaders.command("data", "describe", file)),
            new FuzzFormat(
                "parquet",
                seeds.files("parquet/src/test/resources", "parquet"),
                FuzzReaders::table),
            records("tfrecord", bytes -> bytes),
            records("tfrecord with right checksums", FuzzRecords::withSums),
            new FuzzFormat(
                "metrics csv", seeds.answers(), file -> FuzzReaders.command("metrics", file)),
            new FuzzFormat(
                "audit log",
                seeds.auditLog(),
                file -> FuzzReaders.command("audit", "verify", file)),
            new FuzzFormat("safetensors", seeds.safetensors(), FuzzReaders::initialWeights)));
  }

  /** Those of a run and of a model exported from it, of which copies are damaged. */
  Map<String, FuzzFormat> ofModel(Path run, Path version) throws IOException {
    var copiedRun = FuzzSeeds.copy(run, folder.resolve("run"));
    var checkpoints = FuzzSeeds.copy(run.resolve("checkpoints"), folder.resolve("checkpoints"));
    var model = FuzzSeeds.copy(version, folder.resolve("model/1"));
    var other = FuzzSeeds.copy(version, folder.resolve("other/1"));
    return named(
        List.of(
            new FuzzFormat(
                "run folder",
                FuzzSeeds.tree(copiedRun, name -> !name.contains("/")),
                file -> FuzzReaders.command("report", copiedRun)),
            new FuzzFormat(
                "provenance",
                FuzzSeeds.tree(
                    copiedRun, name -> name.matches("provenance.*|experiment.*|evaluation.json")),
                file -> FuzzReaders.command("provenance", copiedRun)),
            new FuzzFormat(
                "checkpoint",
                FuzzSeeds.tree(checkpoints, name -> true),
                file -> FuzzReaders.checkpoint(checkpoints)),
            new FuzzFormat(
                "checkpoint variables",
                FuzzSeeds.tree(checkpoints, name -> name.contains("variables")),
                FuzzReaders::variables),
            new FuzzFormat(
                "savedmodel",
                FuzzSeeds.tree(model, name -> true),
                file -> FuzzReaders.command("verify", model)),
            new FuzzFormat(
                "savedmodel with right digests",
                FuzzSeeds.tree(other, name -> !name.contains("SHA256SUMS")),
                file -> FuzzReaders.verifiedAnew(other))));
  }

  private FuzzFormat records(String name, UnaryOperator<byte[]> repair) throws IOException {
    var records = new FuzzRecords(folder.resolve(name.replace(' ', '-')));
    return new FuzzFormat(
        name,
        records.seeds(),
        repair,
        file -> FuzzReaders.command("data", "describe", records.experiment()));
  }

  private static Map<String, FuzzFormat> named(List<FuzzFormat> formats) {
    return formats.stream()
        .collect(Collectors.toMap(FuzzFormat::name, f -> f, (a, b) -> a, LinkedHashMap::new));
  }

  private FuzzFormat archive(String name, UnaryOperator<byte[]> repair) throws IOException {
    var file = SmallArchive.write(folder.resolve(name.replace(' ', '-') + "-small.npz"), 3, 2);
    var bytes = Files.readAllBytes(file);
    return new FuzzFormat(
        name,
        List.of(new FuzzFormat.Seed(file, name.equals("npz") ? bytes : FuzzRepairs.stored(bytes))),
        repair,
        place -> FuzzReaders.command("data", "describe", place));
  }
}
