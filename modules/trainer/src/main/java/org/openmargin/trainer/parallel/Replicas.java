package org.openmargin.trainer.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.openmargin.nn.Net;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Replica;
import org.openmargin.nn.Variable;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.runtime.Placement;
import org.openmargin.runtime.RuntimeSettings;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/**
 * Computes losses and gradients on one device, or on several that each have an equal part of the
 * batch: for D parts with losses L_i,
 *
 * <pre>
 * loss        L = mean over i of L_i
 * gradient    g = sum over i of d(L_i / D) / dw     one all-reduce of all weights
 * statistic   that of the whole batch, or the mean over i of those of the parts
 * </pre>
 *
 * <p>Variables, augmentation and updates are on the first device; every device reads the weights
 * from there. So there is one set of variables, whatever the number of devices.
 */
public record Replicas(RuntimeSettings runtime) {
  /** Of operations: see {@link Net#with(Replica)}. */
  private static final Pattern NAME = Pattern.compile("replica(\\d+)(_\\d+)?/.*");

  /**
   * The loss of a part of the batch.
   *
   * @param net the root of the network on its device
   * @param loss scalar
   */
  public record Share(Net net, Operand<TFloat32> loss) {}

  /**
   * The gradients of the whole batch.
   *
   * @param gradients one per weight
   * @param others to run in every step as well: what the other devices do with the sum
   */
  public record Reduced(List<Operand<TFloat32>> gradients, List<Op> others) {}

  private int count() {
    return runtime.parallel().devices();
  }

  /**
   * The parts of a batch, one per device: each with its share of the images, and of the images
   * after them.
   *
   * @param images how many of the batch come first, before those that were added
   */
  public List<OpenSamples.Batch> parts(Net net, OpenSamples.Batch batch, int images) {
    if (count() == 1) {
      return List.of(batch);
    }
    var added = (int) batch.pixels().shape().get(0) - images;
    return IntStream.range(0, count())
        .mapToObj(i -> part(net, batch, List.of(new Rows(0, images), new Rows(images, added)), i))
        .toList();
  }

  private record Rows(int first, int count) {}

  private OpenSamples.Batch part(Net net, OpenSamples.Batch batch, List<Rows> groups, int index) {
    var own =
        groups.stream()
            .filter(group -> group.count() > 0)
            .map(g -> new Rows(g.first() + index * (g.count() / count()), g.count() / count()))
            .map(rows -> batch.part(net, rows.first(), rows.first() + rows.count()))
            .toList();
    return own.size() == 1 ? own.get(0) : OpenSamples.Batch.concat(net, own);
  }

  /**
   * Adds the losses of an objective; the graph's variables then know what it used and updated.
   *
   * @param objective number {@code index} of a step
   * @param batch the whole one
   * @param parts of it
   */
  public List<Share> losses(
      Net net,
      Objective objective,
      int index,
      OpenSamples.Batch batch,
      List<OpenSamples.Batch> parts) {
    var variables = net.variables();
    if (count() == 1) {
      variables.beginObjective();
      return List.of(share(net, objective, parts.get(0)));
    }
    var shares = new ArrayList<Share>();
    var updates = new ArrayList<List<Operand<TFloat32>>>();
    for (var i = 0; i < count(); i++) {
      variables.beginObjective();
      var part = new Replica.Part(i, count(), runtime.parallel().synchronised());
      var here = net.with(new Replica(part, batch.labels(), index));
      shares.add(share(here, objective, parts.get(i)));
      updates.add(variables.updatedValues());
    }
    join(net, updates);
    return List.copyOf(shares);
  }

  private static Share share(Net net, Objective objective, OpenSamples.Batch part) {
    return new Share(net, objective.loss().of(net, part.pixels(), part.labels()));
  }

  /** Each device has a value for each statistic; synchronised ones are equal. */
  private void join(Net net, List<List<Operand<TFloat32>>> updates) {
    var updated = net.variables().updated();
    for (var i = 0; i < updated.size(); i++) {
      var index = i;
      var values = updates.stream().map(ofDevice -> ofDevice.get(index)).toList();
      var joined = runtime.parallel().synchronised() ? values.get(0) : mean(net, values);
      net.update(updated.get(i), joined);
    }
  }

  /** Scalar: the loss of the whole batch. */
  public Operand<TFloat32> loss(Net net, List<Share> shares) {
    return mean(net, shares.stream().map(Share::loss).toList());
  }

  private static Operand<TFloat32> mean(Net net, List<Operand<TFloat32>> values) {
    return values.size() == 1
        ? values.get(0)
        : net.scaled(1.0 / values.size(), net.tf().math.addN(values));
  }

  /** Adds the gradients of the loss of the whole batch. */
  public Reduced gradients(Net net, List<Share> shares, List<Variable> weights) {
    var each = shares.stream().map(share -> gradients(share, weights)).toList();
    if (count() == 1) {
      return new Reduced(each.get(0), List.of());
    }
    var sums = new ArrayList<Operand<TFloat32>>();
    for (var i = 0; i < count(); i++) {
      var here = shares.get(i).net();
      var flat = each.get(i).stream().map(g -> flat(here, g)).toList();
      var all = here.tf().concat(flat, here.tf().constant(0));
      sums.add(here.replica().orElseThrow().sumOfGradients(here.tf(), all));
    }
    return new Reduced(split(net, sums.get(0), weights), List.copyOf(sums.subList(1, count())));
  }

  private List<Operand<TFloat32>> gradients(Share share, List<Variable> weights) {
    var tf = share.net().tf();
    var values = weights.stream().map(Variable::value).toList();
    var seed = Gradients.dx(List.of(tf.constant(1f / count())));
    return tf.gradients(share.loss(), values, seed).dy().stream()
        .<Operand<TFloat32>>map(Replicas::float32)
        .toList();
  }

  private static Output<TFloat32> float32(Output<?> output) {
    return output.expect(TFloat32.class);
  }

  private static Operand<TFloat32> flat(Net net, Operand<TFloat32> x) {
    return net.tf().reshape(x, net.tf().array(-1));
  }

  private static List<Operand<TFloat32>> split(
      Net net, Operand<TFloat32> flat, List<Variable> weights) {
    var tf = net.tf();
    var sizes = weights.stream().mapToLong(Variable::size).toArray();
    var pieces =
        tf.splitV(flat, tf.constant(sizes), tf.constant(0), (long) weights.size()).output();
    return IntStream.range(0, sizes.length)
        .<Operand<TFloat32>>mapToObj(
            i -> tf.reshape(pieces.get(i), tf.constant(weights.get(i).shape())))
        .toList();
  }

  /** Places what belongs to a device there, once the graph is complete. */
  public void place(Graph graph) {
    if (count() > 1) {
      Placement.of(graph, this::device);
    }
  }

  private Optional<String> device(String operation) {
    var name = NAME.matcher(operation);
    return name.matches()
        ? Optional.of(runtime.deviceName(Integer.parseInt(name.group(1))))
        : Optional.empty();
  }
}
