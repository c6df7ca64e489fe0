package org.openmargin.data.division;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

class DivisionTest {
  private static final SplitFractions USUAL = new SplitFractions(0.15, 0.25, 7);

  @Test
  void noPatientOfThreeThousandIsOnBothSidesInAThousandManifests() {
    IntStream.range(0, 1000)
        .forEach(
            seed -> {
              var entries = patients(3000, seed);
              var parts = new Division(new SplitFractions(0.15, 0.25, seed)).of(entries);
              assertNoGroupCrosses(entries, parts);
              var images = entries.size();
              assertThat(share(parts, Split.VALIDATION)).isBetween(0.14, 0.16);
              assertThat(share(parts, Split.TEST)).isBetween(0.24, 0.26);
              for (var label : labels(entries)) {
                var ofClass = partsOf(entries, parts, label);
                assertThat(ofClass).contains(Split.values());
                var slack = 0.01 + 6.0 / ofClass.size();
                assertThat(share(ofClass, Split.VALIDATION)).isBetween(0.15 - slack, 0.15 + slack);
                assertThat(share(ofClass, Split.TEST)).isBetween(0.25 - slack, 0.25 + slack);
              }
              assertThat(images).isGreaterThan(3000);
            });
  }

  @Test
  void theOrderOfTheRowsDecidesNothingAndTheSeedDecidesAll() {
    var entries = patients(500, 3);
    var mixed = new ArrayList<>(entries);
    Collections.shuffle(mixed, new Random(5));
    var division = new Division(USUAL);
    assertThat(byId(mixed, division.of(mixed))).isEqualTo(byId(entries, division.of(entries)));
    var other = new Division(new SplitFractions(0.15, 0.25, 8));
    assertThat(other.of(entries)).isNotEqualTo(division.of(entries));
  }

  /** Otherwise the same large patients are trained on, whatever the seed. */
  @Test
  void everyPatientIsTestedUnderSomeSeed() {
    var entries = patients(100, 4);
    var tested = new TreeSet<String>();
    for (var seed = 0; seed < 60; seed++) {
      var parts = new Division(new SplitFractions(0.15, 0.25, seed)).of(entries);
      for (var row = 0; row < parts.size(); row++) {
        if (parts.get(row) == Split.TEST) {
          tested.add(entries.get(row).group().orElseThrow());
        }
      }
    }
    assertThat(tested).hasSize(100);
  }

  @Test
  void foldsHoldEveryImageOnceAndNoPatientTwice() {
    var entries = patients(300, 9);
    var tested = new int[entries.size()];
    for (var index = 0; index < 5; index++) {
      var fold = Optional.of(new Fold(5, index));
      var parts = new Division(USUAL, fold, HeldOut.NOTHING).of(entries);
      assertNoGroupCrosses(entries, parts);
      assertThat(share(parts, Split.TEST)).isBetween(0.19, 0.21);
      assertThat(share(parts, Split.VALIDATION)).isBetween(0.11, 0.13);
      labels(entries).forEach(l -> assertThat(partsOf(entries, parts, l)).contains(Split.values()));
      for (var row = 0; row < tested.length; row++) {
        tested[row] += parts.get(row) == Split.TEST ? 1 : 0;
      }
    }
    assertThat(tested).containsOnly(1);
  }

  @Test
  void aHeldOutSiteIsTheTestPartWithAllPatientsThatItShares() {
    var entries = new ArrayList<DataEntry>();
    for (var i = 0; i < 200; i++) {
      var site = i % 4 == 0 ? "south" : "north";
      entries.add(entry(i, i % 2 == 0 ? "a" : "b", "p" + i / 2, site));
    }
    var heldOut = new HeldOut(List.of("south"), Set.of(), false);
    var parts = new Division(USUAL, Optional.empty(), heldOut).of(entries);
    assertNoGroupCrosses(entries, parts);
    for (var row = 0; row < parts.size(); row++) {
      // p0, p2, ...: their even images are of the south, their odd ones of the north.
      assertThat(parts.get(row) == Split.TEST).isEqualTo(row / 2 % 2 == 0);
    }
    assertThat(share(parts, Split.VALIDATION)).isBetween(0.07, 0.08);
    var nowhere = new HeldOut(List.of("east"), Set.of(), false);
    assertThatThrownBy(() -> new Division(USUAL, Optional.empty(), nowhere).of(entries))
        .isInstanceOf(DataException.class)
        .hasMessage("no image was made at the sites [east]; there are north, south");
  }

  @Test
  void patientsWithImagesOfUnknownClassesAreHeldOutWhole() {
    var entries = patients(1000, 11);
    var unknown = Set.of("class 5");
    var heldOut = new HeldOut(List.of(), unknown, true);
    var parts = new Division(USUAL, Optional.empty(), heldOut).of(entries);
    assertNoGroupCrosses(entries, parts);
    assertThat(partsOf(entries, parts, "class 5")).containsOnly(Split.TEST);
    var mixed = new HashSet<String>();
    for (var entry : entries) {
      if (entry.label().equals("class 5")) {
        mixed.add(entry.group().orElseThrow());
      }
    }
    for (var row = 0; row < parts.size(); row++) {
      if (mixed.contains(entries.get(row).group().orElseThrow())) {
        assertThat(parts.get(row)).isEqualTo(Split.TEST);
      }
    }
    assertThat(partsOf(entries, parts, "class 0")).contains(Split.values());
  }

  @Test
  void aClassWithTooFewPatientsIsRefusedByName() {
    var entries = new ArrayList<>(patients(100, 1));
    entries.add(entry(9001, "rare", "q1", "x"));
    entries.add(entry(9002, "rare", "q1", "x"));
    entries.add(entry(9003, "rare", "q2", "x"));
    assertThatThrownBy(() -> new Division(USUAL).of(entries))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "too few groups to have each class in every part (train, validation, test): 'rare' has 2");
    var unknown = new HeldOut(List.of(), Set.of("rare"), false);
    assertThat(new Division(USUAL, Optional.empty(), unknown).of(entries)).hasSize(entries.size());
  }

  /** Small cases against all divisions that there are. */
  @Test
  void everyClassIsInEveryPartExactlyIfThatIsPossible() {
    var random = new Random(2);
    var refused = 0;
    for (var trial = 0; trial < 400; trial++) {
      var entries = few(random);
      var possible = isPossible(entries);
      try {
        var parts = new Division(USUAL).of(entries);
        labels(entries)
            .forEach(l -> assertThat(partsOf(entries, parts, l)).contains(Split.values()));
        assertThat(possible).isTrue();
      } catch (DataException e) {
        refused++;
        assertThat(possible).as(e.getMessage()).isFalse();
      }
    }
    assertThat(refused).isBetween(40, 360);
  }

  @Test
  void imagesWithoutGroupsAreDividedClassByClass() {
    var entries =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    new DataEntry(
                        "i" + i,
                        i % 10 == 0 ? "few" : "many",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    var parts = new Division(USUAL).of(entries);
    assertThat(Collections.frequency(partsOf(entries, parts, "few"), Split.VALIDATION))
        .isEqualTo(15);
    assertThat(Collections.frequency(partsOf(entries, parts, "few"), Split.TEST)).isEqualTo(25);
    assertThat(Collections.frequency(partsOf(entries, parts, "many"), Split.TEST)).isEqualTo(225);
  }

  @Test
  void aTrainingPartIsDividedOnceMoreByPatients() {
    var entries = patients(400, 12);
    var parts = new Division(USUAL).withoutTest(entries);
    assertNoGroupCrosses(entries, parts);
    assertThat(parts).doesNotContain(Split.TEST);
    assertThat(share(parts, Split.VALIDATION)).isBetween(0.14, 0.16);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Fold(5, 5)).hasMessageContaining("fold 5 of 5");
    assertThatThrownBy(() -> new Fold(1, 0)).hasMessageContaining("at least 2 folds");
    var sites = new HeldOut(List.of("x"), Set.of(), false);
    assertThatThrownBy(() -> new Division(USUAL, Optional.of(new Fold(5, 0)), sites))
        .hasMessageContaining("either folds or held-out sites");
  }

  /** Patients with one to several images, mostly of one class of six; some classes are rare. */
  private static List<DataEntry> patients(int count, long seed) {
    var random = new Random(seed);
    var entries = new ArrayList<DataEntry>();
    for (var patient = 0; patient < count; patient++) {
      var main = (int) Math.floor(6 * Math.pow(random.nextDouble(), 1.5));
      var images = 1 + (int) Math.floor(-2 * Math.log(1 - random.nextDouble()));
      for (var i = 0; i < images; i++) {
        var label = random.nextInt(5) == 0 ? random.nextInt(6) : main;
        entries.add(entry(entries.size(), "class " + label, "patient " + patient, "s"));
      }
    }
    return entries;
  }

  private static List<DataEntry> few(Random random) {
    var groups = 3 + random.nextInt(4);
    var classes = 2 + random.nextInt(3);
    var entries = new ArrayList<DataEntry>();
    for (var group = 0; group < groups; group++) {
      for (var label = 0; label < classes; label++) {
        if (random.nextInt(10) < 6) {
          entries.add(entry(entries.size(), "c" + label, "g" + group, "s"));
        }
      }
    }
    return entries;
  }

  /** Tries all 3^groups divisions. */
  private static boolean isPossible(List<DataEntry> entries) {
    var groups = entries.stream().map(e -> e.group().orElseThrow()).distinct().toList();
    var labels = labels(entries);
    var all = (int) Math.pow(3, groups.size());
    return IntStream.range(0, all)
        .anyMatch(
            code -> {
              var seen = new HashSet<String>();
              for (var entry : entries) {
                var group = groups.indexOf(entry.group().orElseThrow());
                seen.add(entry.label() + code / (int) Math.pow(3, group) % 3);
              }
              return seen.size() == 3 * labels.size();
            });
  }

  private static DataEntry entry(int id, String label, String group, String site) {
    return new DataEntry(
        "image " + id, label, Optional.empty(), Optional.of(group), Optional.of(site));
  }

  private static void assertNoGroupCrosses(List<DataEntry> entries, List<Split> parts) {
    var partOf = new HashMap<String, Split>();
    for (var row = 0; row < entries.size(); row++) {
      var before = partOf.putIfAbsent(entries.get(row).group().orElseThrow(), parts.get(row));
      assertThat(before == null || before == parts.get(row)).isTrue();
    }
  }

  private static Set<String> labels(List<DataEntry> entries) {
    return entries.stream().map(DataEntry::label).collect(Collectors.toSet());
  }

  private static List<Split> partsOf(List<DataEntry> entries, List<Split> parts, String label) {
    return IntStream.range(0, parts.size())
        .filter(row -> entries.get(row).label().equals(label))
        .mapToObj(parts::get)
        .toList();
  }

  private static double share(List<Split> parts, Split part) {
    return (double) Collections.frequency(parts, part) / parts.size();
  }

  private static Map<String, Split> byId(List<DataEntry> entries, List<Split> parts) {
    return IntStream.range(0, parts.size())
        .boxed()
        .collect(Collectors.toMap(row -> entries.get(row).id(), parts::get));
  }
}
