package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FolderNamesTest {

  @Test
  void plainNamesStayAsTheyAre() {
    assertThat(FolderNames.of(List.of("OMCL", "ARPL+CS", "t=0.1", "Soft max")))
        .containsEntry("OMCL", "OMCL")
        .containsEntry("ARPL+CS", "ARPL+CS")
        .containsEntry("t=0.1", "t=0.1")
        .containsEntry("Soft max", "Soft_max");
  }

  @Test
  void namesThatWouldLeaveTheirFolderAreMadeHarmless() {
    var names = FolderNames.of(List.of("..", "../x", "/etc", ".hidden", "a/b", "ä", "x.", ":"));
    assertThat(names.values())
        .allMatch(name -> name.matches("[A-Za-z0-9_+=-][A-Za-z0-9._+=-]*-[0-9a-f]{8}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void noTwoNamesShareAFolderEvenWhereCapitalsDoNotCount() {
    var names = List.of("A b", "A_b", "a b", "a/b", "a:b", "A B C");
    var folders =
        FolderNames.of(names).values().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertThat(folders).hasSize(names.size()).doesNotHaveDuplicates();
  }
}
