package org.openmargin.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmargin.trainer.listener.Histogram.Bucket;

class HistogramTest {

  @Test
  void everyValueIsInTheBucketThatHoldsIt() {
    var random = new Random(7);
    var values = new float[5_000];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * 3 - 1);
    }
    var buckets = Histogram.of(values).buckets();
    assertThat(buckets).hasSize(Histogram.BUCKETS);
    for (var bucket : buckets) {
      var last = bucket.equals(buckets.get(buckets.size() - 1));
      var count = 0;
      for (var value : values) {
        // A value on an edge may fall to either side by rounding.
        count += value >= bucket.left() && (value < bucket.right() || last) ? 1 : 0;
      }
      assertThat((double) bucket.count()).isCloseTo(count, within(1.0));
    }
    assertThat(buckets.stream().mapToLong(Bucket::count).sum()).isEqualTo(values.length);
  }

  @Test
  void edgesAreTheExtremesAndTheGreatestValueIsCounted() {
    var buckets = Histogram.of(new float[] {-1, 0, 2}).buckets();
    assertThat(buckets.get(0).left()).isEqualTo(-1);
    assertThat(buckets.get(29).right()).isEqualTo(2);
    assertThat(buckets.get(0).count()).isEqualTo(1);
    assertThat(buckets.get(10).count()).isEqualTo(1);
    assertThat(buckets.get(29).count()).isEqualTo(1);
    for (var i = 1; i < buckets.size(); i++) {
      assertThat(buckets.get(i).left()).isEqualTo(buckets.get(i - 1).right());
    }
  }

  @Test
  void equalValuesShareOneBucketAndNoValuesHaveNone() {
    assertThat(Histogram.of(new float[] {4, 4, 4}).buckets())
        .containsExactly(new Bucket(3.5, 4.5, 3));
    assertThat(Histogram.of(new float[0]).buckets()).isEmpty();
  }
}
