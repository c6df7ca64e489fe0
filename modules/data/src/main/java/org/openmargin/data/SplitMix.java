package org.openmargin.data;

/**
 * The SplitMix64 generator of Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. Implemented here because its numbers must be the same on every JDK,
 * which java.util's generators guarantee only in part.
 */
public final class SplitMix {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SplitMix(long seed) {
    this.state = seed;
  }

  /** A generator seeded by all of these numbers and their order. */
  public static SplitMix of(long... parts) {
    long mixed = 0;
    for (long part : parts) {
      mixed = mix(mixed + GOLDEN_GAMMA + mix(part));
    }
    return new SplitMix(mixed);
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in 0..bound-1: the upper 31 bits times the bound; the bias is below bound / 2^31. */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double between(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Nearly normal with the given mean and deviation: the sum of four uniform numbers (Irwin-Hall),
   * never more than 3.5 deviations from the mean, and identical on every machine.
   */
  public double around(double mean, double deviation) {
    double sum = nextDouble() + nextDouble() + nextDouble() + nextDouble();
    return mean + deviation * (sum - 2) * 1.7320508075688772;
  }

  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long x = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
