package org.openmargin.model;

import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Reference.Images;

/**
 * Residual blocks in plain Java, with the weights of a fixture.
 *
 * @param batchStatistics whether norms use the batch's statistics, or the running ones
 */
record PlainBlocks(GraphFixture fixture, double epsilon, boolean batchStatistics) {

  /** {@code relu(norm(conv(relu(norm(conv(x))))) + shortcut(x))}. */
  Images block(String name, Images x, boolean halves) {
    var stride = halves ? 2 : 1;
    var hidden = Reference.relu(convNorm(name + ".conv1", x, 3, stride));
    var residual = convNorm(name + ".conv2", hidden, 3, 1);
    var shortcut = halves ? convNorm(name + ".shortcut", x, 1, 2) : x;
    return Reference.relu(Reference.add(residual, shortcut));
  }

  Images convNorm(String name, Images x, int size, int stride) {
    var scale = fixture.value(name + ".norm.scale");
    var y = Reference.conv(x, fixture.value(name + ".kernel"), size, stride, scale.length);
    var running =
        new double[][] {fixture.value(name + ".norm.mean"), fixture.value(name + ".norm.variance")};
    var statistics = batchStatistics ? Reference.moments(y) : running;
    return Reference.norm(y, statistics, scale, fixture.value(name + ".norm.offset"), epsilon);
  }
}
