package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.EvaluationReport.ForeignGroup;
import org.openmargin.report.plot.Markup;

class ForeignTableTest {
  private static ForeignGroup group(String name, ForeignGroup.Origin origin, double rate) {
    var group =
        ForeignGroup.newBuilder()
            .setName(name)
            .setOrigin(origin)
            .setImages(100)
            .setFound(100)
            .setRejectionRate(rate);
    return rate < 1
        ? group.setAcceptedAs("lymphoid").setAcceptedAsImages(3).build()
        : group.build();
  }

  private static final List<ForeignGroup> GROUPS =
      List.of(
          group("white", ForeignGroup.Origin.GENERATED, 1),
          group("stripes", ForeignGroup.Origin.GENERATED, 0.95),
          group("inverted", ForeignGroup.Origin.DERIVED, 0.94),
          group("black", ForeignGroup.Origin.GIVEN, 0));

  @Test
  void theWorstGroupComesFirstAndGroupsBelow95PerCentFail() {
    var table = new ForeignTable(GROUPS);
    assertThat(table.groups())
        .extracting(ForeignGroup::getName)
        .containsExactly("black", "inverted", "stripes", "white");
    assertThat(table.failures())
        .extracting(ForeignGroup::getName)
        .containsExactly("black", "inverted");
    assertThat(table.lines())
        .containsExactly(
            "foreign images: fewer than 95 % rejected in 2 of 4 groups; worst: black 0.0 % of 100, others taken for lymphoid",
            "  then inverted 94.0 %");
    assertThat(new ForeignTable(GROUPS.subList(0, 2)).lines())
        .containsExactly(
            "foreign images: at least 95 % rejected in each of 2 groups; worst: stripes 95.0 % of 100, others taken for lymphoid");
    assertThat(new ForeignTable(List.of()).lines()).isEmpty();
  }

  @Test
  void onlyGeneratedImagesHaveAPicture() {
    assertThat(GROUPS.stream().map(group -> ForeignTable.example(group).isPresent()))
        .containsExactly(true, true, false, false);
    assertThat(ForeignTable.example(GROUPS.get(0)).orElseThrow())
        .startsWith("data:image/png;base64,iVBORw0KGgo");
  }

  @Test
  void thePageWarnsOnlyIfAGroupFails() {
    assertThat(render(GROUPS)).contains("Accepts foreign images", "in 2 of 4 groups");
    assertThat(render(GROUPS.subList(0, 2)))
        .doesNotContain("Accepts foreign images")
        .contains("stripes");
  }

  private static String render(List<ForeignGroup> groups) {
    return Markup.of(output -> JteforeignGenerated.render(output, null, new ForeignTable(groups)));
  }
}
