package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another library reads what was written. */
class YamlTest {
  @Test
  void textsStayTextsWhateverTheyLookLike() {
    var texts =
        List.of(
            "",
            " a",
            "a b",
            "yes",
            "No",
            "null",
            "~",
            "1",
            "0x1f",
            "1e3",
            "-",
            "- a",
            "a: b",
            "#",
            "a #b",
            "\"",
            "\\",
            "'",
            "{}",
            "[",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "a\nb\t\u0007",
            "ä \u4f60",
            "2001-01-01",
            "/a/b.c",
            "on",
            "0");
    var document = Map.<String, Object>of("texts", texts);
    assertThat((Object) Serialization.unmarshal(Yaml.of(document), Map.class)).isEqualTo(document);
  }

  @Test
  void mapsAndListsNestAndKeepTheirOrder() {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("b", List.of(1, true, "x"));
    inner.put("a", List.of(Map.of("k", List.of(List.of(), Map.of()))));
    var document = new LinkedHashMap<String, Object>();
    document.put("z", inner);
    document.put("nvidia.com/gpu", "1");
    assertThat(Yaml.of(document))
        .isEqualTo(
            """
            z:
              b:
                - 1
                - true
                - x
              a:
                - k:
                    - []
                    - {}
            nvidia.com/gpu: "1"
            """);
    assertThat((Object) Serialization.unmarshal(Yaml.of(document), Map.class)).isEqualTo(document);
  }
}
