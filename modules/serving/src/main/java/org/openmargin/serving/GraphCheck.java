package org.openmargin.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/** Checks a serving graph without running it. */
record GraphCheck(MetaGraphDef meta) {

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    findings.add(tag());
    ModelContract.SIGNATURES.forEach(wanted -> findings.add(new SignatureCheck(wanted).of(meta)));
    ModelContract.OPTIONAL_SIGNATURES.stream()
        .filter(optional -> meta.containsSignatureDef(optional.name()))
        .forEach(optional -> findings.add(new SignatureCheck(optional).of(meta)));
    findings.add(noTraining());
    findings.add(new ConstantCheck(nodes().toList()).check());
    findings.add(variables());
    return findings;
  }

  private Finding tag() {
    var info = meta.getMetaInfoDef();
    return Finding.of(
        "tag 'serve', written by TensorFlow " + info.getTensorflowVersion(),
        info.getTagsList().equals(List.of(ModelContract.TAG))
            ? List.of()
            : List.of("the graph's tags are " + info.getTagsList() + ", not 'serve'"));
  }

  private Finding noTraining() {
    var found = new TreeSet<String>();
    nodes().map(NodeDef::getOp).filter(GraphCheck::belongsToTraining).forEach(found::add);
    return Finding.of(
        "no training or random operations",
        found.isEmpty() ? List.of() : List.of("operations that serving must not have: " + found));
  }

  private static boolean belongsToTraining(String op) {
    return op.contains("Apply")
        || op.contains("BackpropFilter")
        || op.contains("Random")
        || op.equals("Multinomial");
  }

  private Finding variables() {
    var count = nodes().filter(node -> node.getOp().equals("VarHandleOp")).count();
    var listed = meta.getCollectionDefOrDefault("variables", null);
    var collected = listed == null ? 0 : listed.getBytesList().getValueCount();
    return Finding.of(
        count + " variables, all in the collection 'variables'",
        count == collected
            ? List.of()
            : List.of(count + " variables in the graph, " + collected + " in the collection"));
  }

  private Stream<NodeDef> nodes() {
    var graph = meta.getGraphDef();
    return Stream.concat(
        graph.getNodeList().stream(),
        graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()));
  }
}
