package org.openmargin.serving;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The numbers that are written into a graph: constants and attributes must be finite, and no
 * constant larger in memory than a graph can be as a file.
 *
 * @param nodes of the graph and of its functions
 */
record ConstantCheck(List<NodeDef> nodes) {
  /** Elements; a constant of one repeated number may stand for any number of them. */
  private static final double MOST = 1L << 28;

  private static final int BFLOAT16_EXPONENT = 0x7f80;
  private static final int HALF_EXPONENT = 0x7c00;

  Finding check() {
    var problems = new ArrayList<String>();
    problems.addAll(named("constants that are not finite", node -> !isFinite(tensor(node))));
    problems.addAll(named("attributes that are not finite", node -> !attributesAreFinite(node)));
    problems.addAll(named("constants that fill the memory", node -> elements(tensor(node)) > MOST));
    return Finding.of("constants are finite", problems);
  }

  private List<String> named(String what, Predicate<NodeDef> bad) {
    var names = nodes.stream().filter(bad).map(NodeDef::getName).toList();
    return names.isEmpty() ? List.of() : List.of(what + ": " + names);
  }

  private static TensorProto tensor(NodeDef node) {
    return node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
  }

  private static boolean attributesAreFinite(NodeDef node) {
    return node.getAttrMap().values().stream()
        .flatMap(attr -> Stream.concat(Stream.of(attr.getF()), attr.getList().getFList().stream()))
        .allMatch(Float::isFinite);
  }

  private static double elements(TensorProto tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .mapToDouble(TensorShapeProto.Dim::getSize)
        .reduce(1, (a, b) -> a * b);
  }

  private static boolean isFinite(TensorProto tensor) {
    var content = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return switch (tensor.getDtype()) {
      case DT_FLOAT -> {
        var floats = content.asFloatBuffer();
        yield DoubleStream.concat(
                DoubleStream.generate(floats::get).limit(floats.remaining()),
                tensor.getFloatValList().stream().mapToDouble(Float::doubleValue))
            .allMatch(Double::isFinite);
      }
      case DT_DOUBLE -> {
        var doubles = content.asDoubleBuffer();
        yield DoubleStream.concat(
                DoubleStream.generate(doubles::get).limit(doubles.remaining()),
                tensor.getDoubleValList().stream().mapToDouble(Double::doubleValue))
            .allMatch(Double::isFinite);
      }
      case DT_HALF, DT_BFLOAT16 -> {
        var exponent =
            tensor.getDtype().name().equals("DT_HALF") ? HALF_EXPONENT : BFLOAT16_EXPONENT;
        var shorts = content.asShortBuffer();
        yield IntStream.concat(
                IntStream.generate(shorts::get).limit(shorts.remaining()),
                tensor.getHalfValList().stream().mapToInt(Integer::intValue))
            .allMatch(bits -> (bits & exponent) != exponent);
      }
      case DT_INVALID, DT_STRING, DT_BOOL -> true;
      case DT_INT8, DT_UINT8, DT_INT16, DT_UINT16, DT_INT32, DT_UINT32, DT_INT64, DT_UINT64 -> true;
      default -> false;
    };
  }
}
