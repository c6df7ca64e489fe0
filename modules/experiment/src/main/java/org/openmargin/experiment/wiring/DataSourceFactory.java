package org.openmargin.experiment.wiring;

import java.util.Map;
import org.openmargin.data.DataSource;

/** Makes a custom data source, named in {@code data.custom.name}. */
@FunctionalInterface
public interface DataSourceFactory {

  /**
   * @param parameters {@code data.custom.parameters}
   */
  DataSource create(Map<String, String> parameters);
}
