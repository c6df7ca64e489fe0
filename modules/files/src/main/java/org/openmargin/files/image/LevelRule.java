package org.openmargin.files.image;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values of more than 8 bits become the 256 levels that a network sees. It belongs to a model:
 * training, evaluation and prediction use the same one.
 *
 * @param window which values of a grey DICOM image become levels
 * @param frame which frame of a DICOM file is the image: its number from 1; empty for the middle
 *     one, the earlier of two
 * @param sixteenBits values of 16-bit PNG and TIFF files that become black and white; empty to use
 *     their upper byte
 */
public record LevelRule(Window window, OptionalInt frame, Optional<Range> sixteenBits) {
  /** The window of the file, the first frame, the upper byte. */
  public static final LevelRule DEFAULT =
      new LevelRule(new Window.OfFile(), OptionalInt.of(1), Optional.empty());

  private static final String NUMBER = "(-?[0-9.]+(?:E-?\\d+)?)";
  private static final Pattern TEXT =
      Pattern.compile(
          "DICOM: window (?:of the file|(LINEAR|LINEAR_EXACT|SIGMOID) centre "
              + NUMBER
              + " width "
              + NUMBER
              + "|percentiles "
              + NUMBER
              + " to "
              + NUMBER
              + "), (?:frame (\\d+)|middle frame); 16 bits: (?:upper byte|(\\d+) to (\\d+))");

  /** Which values become levels; smaller ones become black, larger ones white. */
  public sealed interface Window {

    /** The first one that the file proposes; without any, its smallest to its largest value. */
    record OfFile() implements Window {
      @Override
      public String toString() {
        return "of the file";
      }
    }

    /**
     * The same for all files, in the unit of the files' rescaled values, such as Hounsfield units.
     */
    record Fixed(double centre, double width, Function function) implements Window {
      public Fixed {
        if (!Double.isFinite(centre) || !(width >= 1 && width <= 1e6)) {
          throw new IllegalArgumentException(
              "a window needs a width of 1 to 1000000; got centre %s, width %s"
                  .formatted(centre, width));
        }
      }

      @Override
      public String toString() {
        return function + " centre " + centre + " width " + width;
      }
    }

    /** From one percentile of the values of an image to another, 0 to 100. */
    record Percentiles(double low, double high) implements Window {
      public Percentiles {
        if (!(low >= 0 && low < high && high <= 100)) {
          throw new IllegalArgumentException(
              "percentiles must be 0 to 100, the lower one first; got %s and %s"
                  .formatted(low, high));
        }
      }

      @Override
      public String toString() {
        return "percentiles " + low + " to " + high;
      }
    }
  }

  /** What happens within a window (DICOM PS3.3, section C.11.2.1.2-3). */
  public enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /**
   * Values from black to white: {@code (value - lowest) * 255 / (highest - lowest)}, rounded half
   * up; what is outside becomes black or white.
   */
  public record Range(int lowest, int highest) {
    public Range {
      if (lowest < 0 || lowest >= highest || highest > 65535) {
        throw new IllegalArgumentException(
            "a range of 16-bit values must be within 0 to 65535, the lower one first; got %d and %d"
                .formatted(lowest, highest));
      }
    }

    /** 0 to 255. */
    public int level(int value) {
      var within = Math.max(lowest, Math.min(highest, value)) - lowest;
      return (2 * 255 * within + highest - lowest) / (2 * (highest - lowest));
    }
  }

  /**
   * The same for another frame.
   *
   * @param number from 1
   */
  public LevelRule ofFrame(int number) {
    return new LevelRule(window, OptionalInt.of(number), sixteenBits);
  }

  /** A level of a 16-bit sample, 0 to 65535. */
  public int level(int sample) {
    return sixteenBits.map(range -> range.level(sample)).orElse(sample >> 8);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static LevelRule parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the rule for values of more than 8 bits is not known here: " + text);
    }
    return new LevelRule(
        window(parts),
        parts.group(6) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group(6))),
        Optional.ofNullable(parts.group(7))
            .map(low -> new Range(Integer.parseInt(low), Integer.parseInt(parts.group(8)))));
  }

  private static Window window(Matcher parts) {
    if (parts.group(1) != null) {
      return new Window.Fixed(
          Double.parseDouble(parts.group(2)),
          Double.parseDouble(parts.group(3)),
          Function.valueOf(parts.group(1)));
    }
    return parts.group(4) == null
        ? new Window.OfFile()
        : new Window.Percentiles(
            Double.parseDouble(parts.group(4)), Double.parseDouble(parts.group(5)));
  }

  /** One line, which {@link #parse} reads. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "DICOM: window %s, %s; 16 bits: %s",
        window,
        frame.isPresent() ? "frame " + frame.getAsInt() : "middle frame",
        sixteenBits.map(range -> range.lowest + " to " + range.highest).orElse("upper byte"));
  }
}
