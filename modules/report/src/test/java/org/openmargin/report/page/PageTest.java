package org.openmargin.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.report.page.LineChart.Curve;
import org.openmargin.report.page.LineChart.Point;
import org.w3c.dom.Document;

class PageTest {
  private static final LineChart CHART =
      new LineChart(
          "Scale & Sons",
          "AUROC",
          "initial scale s",
          "AUROC, per cent",
          List.of(
              new Curve("fixed", List.of(point(1, 80, 5), point(4, 84, 6), point(64, 82, 4))),
              new Curve("a <trained>, \"one\"", List.of(point(1, 81, Double.NaN)))));

  private static Point point(double x, double mean, double half) {
    return new Point("s = " + x, x, mean, mean - half, mean + half, 5);
  }

  private static Page page() {
    return new Page(
        "A & B",
        List.of("<lead>"),
        List.of(
            new Page.Table("Means", List.of("method", "AUROC"), List.of(List.of("x<y", "90.1"))),
            new Page.Charts("Against s", "bars: intervals", List.of(CHART)),
            new Page.Items("Warnings", List.of("take & care"))));
  }

  private static Document xml(String text) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", false);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void pageIsWellFormedAndHoldsEveryPart() throws Exception {
    var html = page().html();
    var document = xml(html);
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("A & B");
    assertThat(document.getElementsByTagName("td").item(0).getTextContent()).isEqualTo("90.1");
    assertThat(document.getElementsByTagName("li").item(0).getTextContent())
        .isEqualTo("take & care");
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(4 + 2);
    assertThat(html).doesNotContain("<script", "http://www.w3.org/1999/xlink", "src=");
  }

  @Test
  void chartsCanBeSavedFromThePage() throws Exception {
    var links = new ArrayList<String>();
    var matcher =
        Pattern.compile("download=\"([^\"]+)\" href=\"data:[^\"]+;base64,([^\"]+)\"")
            .matcher(page().html());
    while (matcher.find()) {
      links.add(matcher.group(1));
      links.add(new String(Base64.getDecoder().decode(matcher.group(2)), StandardCharsets.UTF_8));
    }
    assertThat(links).hasSize(4);
    assertThat(links.get(0)).isEqualTo("scale-sons.svg");
    assertThat(links.get(1)).isEqualTo(CHART.svg());
    assertThat(xml(links.get(1)).getDocumentElement().getNamespaceURI()).isNull();
    assertThat(links.get(1))
        .startsWith("<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\"");
    assertThat(links.get(2)).isEqualTo("scale-sons.csv");
    assertThat(links.get(3)).isEqualTo(CHART.csv());
  }

  @Test
  void csvHasARowPerPointInFullPrecision() {
    assertThat(CHART.csv().lines())
        .containsExactly(
            "curve,method,x,figure,mean,interval_low,interval_high,n",
            "fixed,s = 1.0,1.0,\"AUROC, per cent\",80.0,75.0,85.0,5",
            "fixed,s = 4.0,4.0,\"AUROC, per cent\",84.0,78.0,90.0,5",
            "fixed,s = 64.0,64.0,\"AUROC, per cent\",82.0,78.0,86.0,5",
            "\"a <trained>, \"\"one\"\"\",s = 1.0,1.0,\"AUROC, per cent\",81.0,,,5");
  }

  @Test
  void wideScalesAreLogarithmicAndTicksAreTheValuesTried() {
    var layout = CHART.layout();
    assertThat(layout.xTicks()).extracting(tick -> tick.text()).containsExactly("1", "4", "64");
    var x = layout.x();
    // A factor of 4 is as wide everywhere.
    assertThat(x.pixel(4) - x.pixel(1)).isCloseTo(x.pixel(64) - x.pixel(16), within(1e-9));
    var y = layout.y();
    assertThat(y.pixel(75)).isLessThan(y.from());
    assertThat(y.pixel(90)).isGreaterThan(y.to());
    // Bars from low to high for points that have an interval only.
    assertThat(layout.bars(0)).contains("M").hasSizeGreaterThan(20);
    assertThat(layout.bars(1)).isEmpty();
    assertThat(layout.course(0)).startsWith("M").containsPattern("L.*L");
  }

  @Test
  void oneValueAndEqualFiguresHaveAnAxis() {
    var flat =
        new LineChart(
            "flat", "t", "x", "y", List.of(new Curve("", List.of(point(0, 5, Double.NaN)))));
    assertThat(flat.layout().xTicks()).hasSize(1);
    assertThat(flat.svg()).doesNotContain("NaN");
    assertThat(flat.layout().hasLegend()).isFalse();
  }

  @Test
  void fileIsWrittenWhole(@TempDir Path folder) throws IOException {
    var file = folder.resolve("page.html");
    page().write(file);
    assertThat(Files.readString(file)).isEqualTo(page().html());
  }
}
