package org.openmargin.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.v1.Provenance;

/** A run's provenance as names and values for people. */
public final class ProvenanceTable {
  private ProvenanceTable() {}

  public static Map<String, String> of(Provenance p) {
    var table = new LinkedHashMap<String, String>();
    table.put("experiment digest", p.getConfigSha256());
    table.put("data digest", p.getDataSha256());
    if (!p.getSavedModelSha256().isEmpty()) {
      table.put("backbone digest", p.getSavedModelSha256());
    }
    if (!p.getWeightsSha256().isEmpty()) {
      table.put("weights digest", p.getWeightsSha256());
    }
    table.put("seed", Long.toString(p.getSeed()));
    table.put("OpenMargin", p.getOpenmarginVersion());
    table.put("TensorFlow", p.getTensorflowVersion());
    table.put("Java", p.getJavaVersion());
    table.put("system", p.getOs());
    table.put("processor", p.getCpu() + ", " + p.getCpuCores() + " cores");
    table.put("devices", String.join(", ", p.getDevicesList()));
    table.put("device used", p.getDevice());
    table.put("commit", p.getGitCommit() + (p.getGitDirty() ? " with changes" : ""));
    table.put("started", p.getStarted());
    table.put("finished", p.getFinished());
    return table;
  }
}
