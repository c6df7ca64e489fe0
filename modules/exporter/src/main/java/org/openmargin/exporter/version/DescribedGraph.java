package org.openmargin.exporter.version;

import com.google.protobuf.ByteString;
import java.util.List;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.GraphDef;

/**
 * A graph that describes itself by the text of {@code open_set.json}.
 *
 * @param text as it is
 */
public record DescribedGraph(GraphDef graph, String text) {

  /**
   * With another text.
   *
   * @throws ModelException if the graph does not hold the old one
   */
  public GraphDef with(String other) {
    var old = ByteString.copyFromUtf8(text);
    var changed = graph.toBuilder();
    var found = 0;
    for (var node : changed.getNodeBuilderList()) {
      var value = node.getAttrMap().get("value");
      if (node.getOp().equals("Const")
          && value.getTensor().getStringValList().equals(List.of(old))) {
        var tensor = value.getTensor().toBuilder().setStringVal(0, ByteString.copyFromUtf8(other));
        node.putAttr("value", value.toBuilder().setTensor(tensor).build());
        found++;
      }
    }
    if (found == 0) {
      throw new ModelException("the model does not describe itself by its open_set.json");
    }
    return changed.build();
  }
}
