package org.openmargin.config.text;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A message while it is read: its fields so far, where each stands, and what is wrong. */
public final class Draft {
  private final Message.Builder message;
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param message to be filled
   */
  public Draft(Message.Builder message) {
    this.message = message;
  }

  /** The message that is filled. */
  public Message.Builder message() {
    return message;
  }

  /** Receives problems that belong to no field. */
  public List<Problem> problems() {
    return problems;
  }

  /** Notes where the field {@code path} stands. */
  void put(String path, Place place) {
    places.put(path, place);
  }

  /** Forgets the places of {@code path} and of all below it, which will be set again. */
  void forget(String path) {
    places.keySet().removeIf(known -> isAt(known, path));
    broken.removeIf(known -> isAt(known, path));
  }

  private static boolean isAt(String known, String path) {
    return known.equals(path) || known.startsWith(path + ".") || known.startsWith(path + "[");
  }

  /** A problem at {@code path}, whose value is lost. */
  void breakAt(String path, Place place, String message) {
    broken.add(path);
    problems.add(place.problem(path, message));
  }

  /** Whether a problem was reported that explains why {@code path} is missing. */
  public boolean isBroken(String path) {
    return broken.contains(path);
  }

  /** Notes that {@code path} was meant, though something else was written. */
  void meant(String path) {
    broken.add(path);
  }

  /** Where {@code path} stands, else the block that it would stand in, else {@code whole}. */
  public Place placeOf(String path, Place whole) {
    var at = path;
    while (!at.isEmpty()) {
      if (places.containsKey(at)) {
        return places.get(at);
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return whole;
  }
}
