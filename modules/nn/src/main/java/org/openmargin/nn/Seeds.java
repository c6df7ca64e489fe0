package org.openmargin.nn;

import java.nio.charset.StandardCharsets;

/**
 * Derives every seed from the experiment's seed and a name: equal shapes get different values, and
 * adding a variable changes no other.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * The seed of a name: FNV-1a over the name, mixed with the experiment's seed by the finaliser of
   * SplitMix64 (Steele, Lea, Flood, 2014).
   */
  public static long of(long experimentSeed, String name) {
    var hash = 0xcbf29ce484222325L;
    for (var b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash ^ mix(experimentSeed + 0x9e3779b97f4a7c15L));
  }

  private static long mix(long value) {
    var z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
