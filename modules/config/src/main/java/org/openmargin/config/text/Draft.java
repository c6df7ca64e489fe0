package org.openmargin.config.text;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A message being read: its fields so far, their places, and the problems found. */
public final class Draft {
  private final Message.Builder message;
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  public Draft(Message.Builder message) {
    this.message = message;
  }

  public Message.Builder message() {
    return message;
  }

  /** All problems so far; those that belong to no field are added here. */
  public List<Problem> problems() {
    return problems;
  }

  /** Records the place of the field {@code path}. */
  void put(String path, Place place) {
    places.put(path, place);
  }

  /** Forgets the places of {@code path} and everything below it, before it is set again. */
  void forget(String path) {
    places.keySet().removeIf(known -> isAt(known, path));
    broken.removeIf(known -> isAt(known, path));
  }

  private static boolean isAt(String known, String path) {
    return known.equals(path) || known.startsWith(path + ".") || known.startsWith(path + "[");
  }

  /** Reports a problem at {@code path}, whose value is lost. */
  void breakAt(String path, Place place, String message) {
    broken.add(path);
    problems.add(place.problem(path, message));
  }

  /** Whether a reported problem explains why {@code path} is missing. */
  public boolean isBroken(String path) {
    return broken.contains(path);
  }

  /** Records that {@code path} was probably meant, so that it is not also reported as missing. */
  void meant(String path) {
    broken.add(path);
  }

  /** The place of {@code path}, else of the block that would contain it, else {@code whole}. */
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
