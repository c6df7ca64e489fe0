package org.openmargin.cli.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openmargin.config.text.Suggestions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What runs trials.
 *
 * @param master of Spark; else empty
 */
record Engine(Kind kind, String master) {
  private static final Pattern MASTER =
      Pattern.compile("local|local(-cluster)?\\[[^\\]]+]|yarn|(spark|k8s)://.+");
  private static final List<String> EXAMPLES =
      List.of("slurm", "kubernetes", "local[*]", "spark://HOST:PORT", "yarn", "k8s://HOST:PORT");

  /** What starts and queues trials. */
  enum Kind {
    SLURM,
    KUBERNETES,
    SPARK
  }

  /** An argument. */
  static final class Argument implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "slurm" -> new Engine(Kind.SLURM, "");
        case "kubernetes" -> new Engine(Kind.KUBERNETES, "");
        default -> spark(text);
      };
    }

    private static Engine spark(String text) {
      if (MASTER.matcher(text).matches()) {
        return new Engine(Kind.SPARK, text);
      }
      var near = Suggestions.nearest(text, EXAMPLES);
      throw new TypeConversionException(
          "'%s' is no cluster%s Values: %s"
              .formatted(
                  text,
                  near.map(name -> ": did you mean '" + name + "'?").orElse("."),
                  String.join(", ", EXAMPLES)));
    }
  }
}
