package org.openmargin.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.presets.javacpp;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * The environment variables of this process as native libraries read them. {@link System#getenv()}
 * is a copy from the start of the JVM, and the JDK cannot change the original. On Linux, the
 * original is the array that the C variable {@code environ} points to, and POSIX lets a program
 * point it to another one (IEEE 1003.1, {@code environ}).
 *
 * <p>Some settings of an experiment, such as determinism on a GPU, exist only as variables, which
 * CUDA, cuDNN and TensorFlow read at first use. A launcher cannot set them, because the experiment
 * is read after the JVM has started, so they are set here, before that first use.
 */
public final class NativeEnvironment {
  private static final String ENVIRON = "environ";

  private NativeEnvironment() {}

  /** Whether native variables can be read and set: on Linux only. */
  public static boolean isReachable() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    loadJavaCpp();
    return Loader.addressof(ENVIRON) != null;
  }

  /** Without its own library, JavaCPP works through that of TensorFlow. */
  private static void loadJavaCpp() {
    try {
      Loader.load(javacpp.class);
    } catch (LinkageError e) {
      Loader.load(tensorflow.class);
    }
  }

  public static Optional<String> get(String name) {
    return Optional.ofNullable(all().get(name));
  }

  /** All variables; where they are not {@link #isReachable reachable}, Java's copy. */
  public static Map<String, String> all() {
    if (!isReachable()) {
      return System.getenv();
    }
    var all = new LinkedHashMap<String, String>();
    for (var entry : entries(array())) {
      var text = new BytePointer(entry).getString();
      var equals = text.indexOf('=');
      if (equals > 0) {
        all.putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
      }
    }
    return all;
  }

  /**
   * Sets variables for native code of this process; child processes started by Java do not see
   * them.
   *
   * @throws IllegalStateException where they are not {@link #isReachable reachable}
   */
  public static void set(Map<String, String> variables) {
    if (variables.isEmpty()) {
      return;
    }
    var entries = new ArrayList<Pointer>();
    for (var entry : entries(array())) {
      var text = new BytePointer(entry).getString();
      if (!variables.containsKey(text.substring(0, Math.max(0, text.indexOf('='))))) {
        entries.add(entry);
      }
    }
    variables.forEach((name, value) -> entries.add(kept(new BytePointer(name + "=" + value))));
    entries.add(new Pointer());
    var array = new PointerPointer<Pointer>(entries.toArray(Pointer[]::new));
    // A single word is stored: a concurrent reader sees the old array or the new one.
    cell().put(0, kept(array));
  }

  /** Never freed: native code may hold on to it. */
  private static <P extends Pointer> P kept(P pointer) {
    pointer.deallocate(false);
    return pointer;
  }

  private static PointerPointer<Pointer> cell() {
    if (!isReachable()) {
      throw new IllegalStateException(
          "the environment of this process cannot be changed on " + System.getProperty("os.name"));
    }
    return new PointerPointer<>(Loader.addressof(ENVIRON));
  }

  private static PointerPointer<Pointer> array() {
    return new PointerPointer<>(cell().get(0));
  }

  private static List<Pointer> entries(PointerPointer<Pointer> array) {
    var entries = new ArrayList<Pointer>();
    for (var i = 0L; !Pointer.isNull(array.get(i)); i++) {
      entries.add(array.get(i));
    }
    return entries;
  }
}
