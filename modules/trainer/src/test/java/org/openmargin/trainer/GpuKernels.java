package org.openmargin.trainer;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.KernelList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpDef.ArgDef;
import org.tensorflow.proto.OpList;

/**
 * Which operations of a graph TensorFlow's library has GPU kernels for. Kernels are registered when
 * the library is loaded, so no GPU is needed to ask, but the library must be the one for GPUs.
 */
final class GpuKernels {
  /** DEFAULT is any device that has no kernel of its own: operations that do not compute. */
  private static final Set<String> GPU = Set.of("GPU", "DEFAULT");

  private final Map<String, List<KernelDef>> byOp = new HashMap<>();
  private final Map<String, List<String>> outputs = outputs();

  private static Map<String, List<String>> outputs() {
    try {
      var buffer = tensorflow.TF_GetAllOpList();
      var ops = OpList.parseFrom(buffer.copyData()).getOpList();
      tensorflow.TF_DeleteBuffer(buffer);
      return ops.stream()
          .collect(
              Collectors.toMap(
                  OpDef::getName,
                  op -> op.getOutputArgList().stream().map(ArgDef::getName).toList()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of operations", e);
    }
  }

  /** Whether the library that is loaded is the one for GPUs. */
  boolean areThere() {
    return !gpuKernels("Conv2D").isEmpty();
  }

  /**
   * The operations that would run on the CPU, as {@code Op(attribute=TYPE, ...)}.
   *
   * @param targets names of operations; only what they need counts
   */
  Set<String> missing(GraphDef graph, Collection<String> targets) {
    return names(needed(graph, targets).stream().filter(node -> kernels(node).findAny().isEmpty()));
  }

  /**
   * The operations that would compute on the host although they belong to a GPU, as those of int32
   * do: all of their results are in the host's memory, so device data would have to be copied back
   * and forth.
   *
   * @param graph as optimised by TensorFlow: before that, it contains arithmetic on shapes
   */
  Set<String> onHost(GraphDef graph) {
    return names(graph.getNodeList().stream().filter(GpuKernels::computes).filter(this::isOnHost));
  }

  /** Not a constant, not a handle, and none of the operations that only move values. */
  private static boolean computes(NodeDef node) {
    return !node.getOp().startsWith("_")
        && node.getInputList().stream().anyMatch(input -> !input.startsWith("^"));
  }

  private boolean isOnHost(NodeDef node) {
    var results = outputs.getOrDefault(node.getOp(), List.of());
    var kernels = kernels(node).toList();
    return !results.isEmpty()
        && !kernels.isEmpty()
        && kernels.stream().allMatch(k -> k.getHostMemoryArgList().containsAll(results));
  }

  private static Set<String> names(Stream<NodeDef> nodes) {
    return nodes
        .map(node -> node.getOp() + types(node))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<KernelDef> kernels(NodeDef node) {
    return gpuKernels(node.getOp()).stream().filter(kernel -> fits(kernel, node));
  }

  private static Set<NodeDef> needed(GraphDef graph, Collection<String> targets) {
    var byName = new LinkedHashMap<String, NodeDef>();
    graph.getNodeList().forEach(node -> byName.put(node.getName(), node));
    var needed = new LinkedHashSet<NodeDef>();
    var open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      var node = byName.get(open.pop());
      if (needed.add(node)) {
        node.getInputList().forEach(input -> open.push(input.replaceFirst("^\\^|:\\d+$", "")));
      }
    }
    return needed;
  }

  /** Types that no kernel asks about do not matter. */
  private static boolean fits(KernelDef kernel, NodeDef node) {
    return kernel.getConstraintList().stream()
        .allMatch(
            constraint ->
                constraint
                    .getAllowedValues()
                    .getList()
                    .getTypeList()
                    .containsAll(types(node.getAttrOrThrow(constraint.getName()))));
  }

  private static List<DataType> types(AttrValue value) {
    return value.hasList() ? value.getList().getTypeList() : List.of(value.getType());
  }

  private static String types(NodeDef node) {
    return node.getAttrMap().entrySet().stream()
        .filter(attribute -> attribute.getValue().getValueCase() == AttrValue.ValueCase.TYPE)
        .map(attribute -> attribute.getKey() + "=" + attribute.getValue().getType())
        .sorted()
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private List<KernelDef> gpuKernels(String op) {
    return byOp.computeIfAbsent(op, GpuKernels::registered);
  }

  private static List<KernelDef> registered(String op) {
    try (var scope = new PointerScope();
        var status = TF_Status.newStatus()) {
      scope.attach(status);
      var buffer = tensorflow.TF_GetRegisteredKernelsForOp(op, status);
      status.throwExceptionIfNotOK();
      var kernels = KernelList.parseFrom(buffer.copyData()).getKernelList();
      tensorflow.TF_DeleteBuffer(buffer);
      return kernels.stream().filter(kernel -> GPU.contains(kernel.getDeviceType())).toList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of kernels for " + op, e);
    }
  }
}
