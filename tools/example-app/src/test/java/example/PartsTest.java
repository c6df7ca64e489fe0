package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.experiment.check.PartCheck;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;

/** Gradients, graphs of training and inference, checkpoint: in seconds, before a long training. */
class PartsTest {

  @Test
  void lossAndBackboneKeepTheirContracts() {
    var network =
        new OpenSetNetwork(InputFormat.of(16, 16, 1), new SmallNet(4), new LogitNorm(3, 0.2));
    assertEquals(List.of(), new PartCheck(network, 3).problems());
  }
}
