package org.openmargin.map.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.report.plot.Numbers;

/**
 * The files of a map of embeddings, each written whole or not at all: {@code embeddings.csv},
 * {@code tsne.svg}, {@code tsne.png}, {@code pca.svg}, {@code pca.png}, and for {@code tensorboard
 * --logdir FOLDER} {@code projector_config.pbtxt}, {@code tensors.tsv}, {@code metadata.tsv},
 * {@code sprite.png}.
 *
 * @param images of the map's points, in the same order
 * @param name of the experiment
 */
public record MapFiles(EmbeddingMap map, MapImages images, String name) {

  /** Whether this machine has a font; without one, tsne.png and pca.png are skipped. */
  public static boolean canDrawWords() {
    return PngCanvas.hasFont();
  }

  /**
   * Writes or replaces all files.
   *
   * @param folder must exist
   * @throws IOException if a file cannot be written; no part of that file is left behind
   */
  public void write(Path folder) throws IOException {
    AtomicTextFile.write(folder.resolve("embeddings.csv"), w -> EmbeddingsCsv.write(w, map));
    picture(folder, "tsne", new MapPicture(tsneWords(), map.items(), map.tsne().places()));
    picture(folder, "pca", new MapPicture(pcaWords(), map.items(), map.pca().places()));
    var projector = new ProjectorFiles(map, "%s, %s".formatted(name, spaceName()));
    var sprite = new Sprite(images, map.items().size());
    AtomicTextFile.write(folder.resolve(ProjectorFiles.TENSORS), projector::tensors);
    AtomicTextFile.write(folder.resolve(ProjectorFiles.METADATA), projector::metadata);
    png(folder.resolve(ProjectorFiles.SPRITE), sprite.picture());
    // Last, because it names the others.
    AtomicTextFile.write(
        folder.resolve("projector_config.pbtxt"), w -> projector.config(w, sprite));
  }

  private static void picture(Path folder, String file, MapPicture picture) throws IOException {
    var svg = new SvgCanvas();
    picture.draw(svg);
    var text = svg.svg(picture.words().title(), MapPicture.WIDTH, picture.height());
    AtomicTextFile.write(folder.resolve(file + ".svg"), writer -> writer.write(text));
    if (canDrawWords()) {
      var png = new PngCanvas(MapPicture.WIDTH, picture.height());
      picture.draw(png);
      png(folder.resolve(file + ".png"), png.image());
    }
  }

  private static void png(Path file, BufferedImage image) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java runtime cannot write PNG files");
          }
        });
  }

  private MapPicture.Words tsneWords() {
    var tsne = map.tsne();
    return new MapPicture.Words(
        "t-SNE of test embeddings: " + name,
        text(
            "%s; perplexity %s, KL divergence %.3f after %,d iterations, seed %d",
            spaceName(),
            Numbers.score(tsne.settings().perplexity()),
            tsne.klDivergence(),
            tsne.settings().iterations(),
            tsne.settings().seed()),
        List.of(),
        "Only neighbours are meaningful here; for distances between groups and their sizes see"
            + " distances.json.");
  }

  private MapPicture.Words pcaWords() {
    var explained = map.pca().explained();
    return new MapPicture.Words(
        "PCA of test embeddings: " + name,
        text("%s; %s of the variance", spaceName(), share(explained.get(0) + explained.get(1))),
        List.of(
            text("component 1 (%s of the variance)", share(explained.get(0))),
            text("component 2 (%s)", share(explained.get(1)))),
        "");
  }

  private static String share(double fraction) {
    return Numbers.perCent(fraction) + " %";
  }

  private String spaceName() {
    return switch (map.space()) {
      case EMBEDDING -> "embeddings, not normalized";
      case NORMALIZED -> "embeddings of unit length";
    };
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
