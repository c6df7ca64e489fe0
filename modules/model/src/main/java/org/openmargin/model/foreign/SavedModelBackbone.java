package org.openmargin.model.foreign;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openmargin.nn.FrozenBackbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel of somebody else as the backbone, its weights as constants. It is read when it is
 * first needed, and then tried on a few random images. Errors are {@link IllegalArgumentException}s
 * that say what would be right.
 */
public final class SavedModelBackbone implements FrozenBackbone {
  private final Settings settings;
  private final Map<InputFormat, ForeignNetwork> networks = new HashMap<>();
  private String digest = "";

  /**
   * @param signature where images enter and embeddings leave
   * @param input how images enter
   */
  public record Settings(Source source, Signature signature, Input input, Pooling pooling) {

    /**
     * @param path folder with saved_model.pb
     * @param sha256 what its digest must be; empty: anything
     */
    public record Source(Path path, String sha256) {}

    /**
     * @param tag of the graph
     * @param name of the signature
     * @param input empty: the only one
     * @param output empty: the only one
     */
    public record Signature(String tag, String name, String input, String output) {
      /** What Keras writes. */
      public static final Signature DEFAULT = new Signature("serve", "serving_default", "", "");
    }

    /**
     * @param sidePx of the square that the network takes; 0: as the signature says, or that of the
     *     images
     */
    public record Input(int sidePx, PixelConvention pixels) {}
  }

  public SavedModelBackbone(Settings settings) {
    this.settings = settings;
  }

  @Override
  public int embeddingSize(InputFormat format) {
    return network(format).embeddingSize();
  }

  @Override
  public Operand<TFloat32> input(Net net, InputFormat format, Operand<TFloat32> pixels) {
    return network(format).prepared(net, pixels);
  }

  @Override
  public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
    var shape = images.shape();
    var fitting = opened().filter(network -> network.takes(shape)).findFirst();
    return fitting
        .orElseThrow(
            () -> new IllegalArgumentException("saved_model: no input was made of " + shape))
        .embedded(net, images);
  }

  @Override
  public synchronized String sha256() {
    if (digest.isEmpty()) {
      try {
        digest = expected(new ModelFolder(settings.source().path()).sha256());
      } catch (IllegalArgumentException e) {
        throw refused(e.getMessage(), e);
      }
    }
    return digest;
  }

  private String expected(String found) {
    var expected = settings.source().sha256();
    if (!expected.isEmpty() && !expected.equals(found)) {
      throw new IllegalArgumentException(
          "the model in %s has digest %s, not %s"
              .formatted(settings.source().path(), found, expected));
    }
    return found;
  }

  @Override
  public String key() {
    return "%s %s %s %s"
        .formatted(sha256(), settings.signature(), settings.input(), settings.pooling());
  }

  private synchronized Stream<ForeignNetwork> opened() {
    return List.copyOf(networks.values()).stream();
  }

  private synchronized ForeignNetwork network(InputFormat format) {
    var there = networks.get(format);
    if (there == null) {
      there = opened(format);
      networks.put(format, there);
    }
    return there;
  }

  private ForeignNetwork opened(InputFormat format) {
    sha256();
    try {
      return ForeignNetwork.open(settings, format);
    } catch (TensorFlowException e) {
      throw refused(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private static IllegalArgumentException refused(String why, Exception cause) {
    return new IllegalArgumentException("saved_model: " + why, cause);
  }
}
