package org.openmargin.experiment.provenance;

import java.io.IOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The libraries on the class path, by the names of their jars. */
public final class Libraries {
  /** {@code jar:file:/.../name-1.2.3-classifier.jar!/...}. */
  private static final Pattern JAR = Pattern.compile(".*/([^/]+?)-(\\d[^/]*)\\.jar!/.*");

  /** Our own, and the one that holds nothing but a class path. */
  private static final Pattern LEFT_OUT = Pattern.compile("(openmargin|surefire).*");

  private Libraries() {}

  /** Versions by name; several jars of a name, such as one for a platform, are listed together. */
  public static SortedMap<String, String> current() {
    try {
      var manifests = Libraries.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
      return of(Collections.list(manifests).stream().map(URL::toString).toList());
    } catch (IOException e) {
      throw new IllegalStateException("the class path cannot be read", e);
    }
  }

  /** Of the addresses of a file in each jar. */
  static SortedMap<String, String> of(Collection<String> addresses) {
    var versions = new TreeMap<String, TreeSet<String>>();
    for (var address : addresses) {
      var jar = JAR.matcher(address);
      if (jar.matches() && !LEFT_OUT.matcher(jar.group(1)).matches()) {
        versions.computeIfAbsent(jar.group(1), name -> new TreeSet<>()).add(jar.group(2));
      }
    }
    var joined = new TreeMap<String, String>();
    versions.forEach((name, all) -> joined.put(name, String.join(", ", List.copyOf(all))));
    return joined;
  }
}
