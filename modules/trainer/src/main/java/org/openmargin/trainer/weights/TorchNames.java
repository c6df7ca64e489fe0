package org.openmargin.trainer.weights;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that torchvision and timm give to the weights of a ResNet of basic blocks, for our own
 * names: {@code backbone.stage1.block0.conv2.kernel} is {@code layer2.0.conv2.weight}.
 *
 * @param prefix before every name in the file, for example {@code module.}; often empty
 */
record TorchNames(String prefix) {
  /** By which the prefix is recognised: every such network has it. */
  private static final String FIRST = "layer1.0.conv1.weight";

  private static final Pattern STEM = Pattern.compile("stem\\.(?:(norm)\\.)?(\\w+)");
  private static final Pattern BLOCK =
      Pattern.compile("stage(\\d+)\\.block(\\d+)\\.(conv(\\d)|shortcut)\\.(?:(norm)\\.)?(\\w+)");
  private static final Map<String, String> OF_NORM =
      Map.of(
          "scale", "weight", "offset", "bias", "mean", "running_mean", "variance", "running_var");

  static TorchNames of(NamedTensors tensors) {
    return tensors.byName().keySet().stream()
        .filter(name -> name.equals(FIRST) || name.endsWith("." + FIRST))
        .map(name -> new TorchNames(name.substring(0, name.length() - FIRST.length())))
        .findFirst()
        .orElse(new TorchNames(""));
  }

  /**
   * @param variable path below the backbone
   * @return the name in the file; empty if a ResNet has no such variable
   */
  Optional<String> name(String variable) {
    var stem = STEM.matcher(variable);
    if (stem.matches()) {
      var isNorm = stem.group(1) != null;
      return leaf(isNorm, stem.group(2)).map(leaf -> prefix + (isNorm ? "bn1." : "conv1.") + leaf);
    }
    var block = BLOCK.matcher(variable);
    return block.matches() ? ofBlock(block) : Optional.empty();
  }

  private Optional<String> ofBlock(Matcher block) {
    var isNorm = block.group(5) != null;
    var layer = Integer.parseInt(block.group(1)) + 1;
    var number = block.group(4);
    var part =
        number == null ? "downsample." + (isNorm ? "1" : "0") : (isNorm ? "bn" : "conv") + number;
    return leaf(isNorm, block.group(6))
        .map(leaf -> "%slayer%s.%s.%s.%s".formatted(prefix, layer, block.group(2), part, leaf));
  }

  private static Optional<String> leaf(boolean isNorm, String name) {
    return isNorm
        ? Optional.ofNullable(OF_NORM.get(name))
        : Optional.of(name).filter("kernel"::equals).map(kernel -> "weight");
  }

  /** Whether a name in the file is not part of the backbone: the head, or a counter. */
  boolean isLeftOut(String name) {
    var inside = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    return !inside.matches("(conv1|bn1|layer\\d+)\\..*") || name.endsWith(".num_batches_tracked");
  }
}
