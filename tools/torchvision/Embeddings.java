import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.serving.OpenSetClassifier;

/** Prints an exported model's embeddings of image files, one line each. For check.py. */
public final class Embeddings {
  private Embeddings() {}

  public static void main(String[] arguments) throws Exception {
    try (var model = OpenSetClassifier.load(Path.of(arguments[0]))) {
      for (var file : Arrays.asList(arguments).subList(1, arguments.length)) {
        var answer = model.classifyEncoded(List.of(Files.readAllBytes(Path.of(file)))).get(0);
        var embedding = answer.embedding();
        System.out.println(
            IntStream.range(0, embedding.length)
                .mapToObj(i -> Float.toString(embedding[i]))
                .collect(Collectors.joining(",")));
      }
    }
  }
}
