package org.openmargin.profiler;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openmargin.profiler.Profile.DeviceCopy;
import org.openmargin.profiler.Profile.DeviceNodes;
import org.openmargin.profiler.Profile.Misplaced;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Finds operations that run on the CPU although there is a GPU, and copies between devices. */
final class PlacementCheck {
  /**
   * Feeds and fetches, copies between devices, nodes that do nothing, and constants, which
   * TensorFlow places where their readers need them.
   */
  private static final Set<String> BELONGS_ON_CPU =
      Set.of(
          "_Arg",
          "_Retval",
          "_Send",
          "_Recv",
          "_HostSend",
          "_HostRecv",
          "Placeholder",
          "NoOp",
          "Const");

  private static final String DEVICE = "/device:";

  private PlacementCheck() {}

  /** From the optimised graph, one per device, and each node's time on the CPU per step. */
  static Profile.Placement of(List<GraphDef> graphs, Map<String, Double> millisByNode) {
    var nodes = graphs.stream().flatMap(graph -> graph.getNodeList().stream()).toList();
    var counts = new TreeMap<String, Integer>();
    nodes.forEach(node -> counts.merge(device(node.getDevice()), 1, Integer::sum));
    var hasGpu = counts.keySet().stream().anyMatch(device -> device.startsWith("GPU"));
    return new Profile.Placement(
        counts.entrySet().stream().map(e -> new DeviceNodes(e.getKey(), e.getValue())).toList(),
        hasGpu ? misplaced(nodes, millisByNode) : List.of(),
        copies(nodes));
  }

  private static List<Misplaced> misplaced(List<NodeDef> nodes, Map<String, Double> millis) {
    return nodes.stream()
        .filter(node -> device(node.getDevice()).startsWith("CPU"))
        .filter(node -> !BELONGS_ON_CPU.contains(node.getOp()))
        .map(n -> new Misplaced(n.getName(), n.getOp(), millis.getOrDefault(n.getName(), 0.0)))
        .sorted(Comparator.comparingDouble(Misplaced::millis).reversed())
        .toList();
  }

  private static List<DeviceCopy> copies(List<NodeDef> nodes) {
    return nodes.stream()
        .filter(node -> node.getOp().equals("_Recv") || node.getOp().equals("_HostRecv"))
        .map(PlacementCheck::copy)
        .filter(copy -> !copy.from().equals(copy.to()))
        .toList();
  }

  private static DeviceCopy copy(NodeDef node) {
    return new DeviceCopy(
        text(node, "tensor_name"),
        device(text(node, "send_device")),
        device(text(node, "recv_device")));
  }

  private static String text(NodeDef node, String attribute) {
    return node.getAttrOrThrow(attribute).getS().toStringUtf8();
  }

  private static String device(String name) {
    var at = name.indexOf(DEVICE);
    return at < 0 ? name : name.substring(at + DEVICE.length());
  }
}
