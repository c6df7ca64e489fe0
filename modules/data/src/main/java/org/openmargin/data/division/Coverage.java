package org.openmargin.data.division;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Puts some groups into parts, so that every class is in every part: a search that goes back where
 * it finds no way on, and therefore finds a way if there is one; after very many steps it gives up.
 *
 * @param needs what must be covered
 * @param groupsOfClass groups with images of each class, in the order in which they are tried
 */
record Coverage(Assignment assignment, List<Need> needs, List<List<Integer>> groupsOfClass) {
  private static final int MOST_STEPS = 200_000;

  /** A class that must be in a part. */
  record Need(int label, int part) {}

  /** A need, what was tried for it, and the group that is now in the part for it. */
  private static final class Choice {
    private final Need need;
    private final Iterator<Integer> candidates;
    private Optional<Integer> group = Optional.empty();

    Choice(Need need, Iterator<Integer> candidates) {
      this.need = need;
      this.candidates = candidates;
    }
  }

  /** The need that could not be met; empty if all are. */
  Optional<Need> search() {
    var choices = new ArrayDeque<Choice>();
    var failed = Optional.<Need>empty();
    var steps = 0;
    var next = scarcest();
    while (next.isPresent()) {
      choices.push(new Choice(next.get(), candidates(next.get())));
      while (!choices.isEmpty() && !advance(choices.peek())) {
        failed = failed.or(() -> Optional.of(choices.peek().need));
        choices.pop();
      }
      if (choices.isEmpty() || ++steps > MOST_STEPS) {
        return failed.or(this::scarcest);
      }
      next = scarcest();
    }
    return Optional.empty();
  }

  /** Takes the next candidate for a need; false if there is none. */
  private boolean advance(Choice choice) {
    choice.group.ifPresent(group -> assignment.put(group, Assignment.NONE));
    choice.group = Optional.empty();
    if (!choice.candidates.hasNext()) {
      return false;
    }
    var group = choice.candidates.next();
    assignment.put(group, choice.need.part());
    choice.group = Optional.of(group);
    return true;
  }

  /** The open need with the fewest candidates. */
  private Optional<Need> scarcest() {
    var best = Optional.<Need>empty();
    var fewest = Integer.MAX_VALUE;
    for (var need : needs) {
      if (assignment.members(need.label(), need.part()) == 0) {
        var candidates = assignment.free(need.label());
        if (candidates < fewest) {
          fewest = candidates;
          best = Optional.of(need);
        }
      }
    }
    return best;
  }

  /** In the given order, but those that would exceed a share go last. */
  private Iterator<Integer> candidates(Need need) {
    var free = new ArrayList<Integer>();
    for (var group : groupsOfClass.get(need.label())) {
      if (assignment.part(group) == Assignment.NONE) {
        free.add(group);
      }
    }
    free.sort(
        Comparator.comparingDouble(group -> Math.max(0, assignment.rise(group, need.part()))));
    return List.copyOf(free).iterator();
  }
}
