/**
 * Manifests in Parquet files. From a file to columns of text, found as a service of {@link
 * org.openmargin.files.table.TableReader}, so that nothing depends on it. Begin with {@link
 * org.openmargin.parquet.ParquetTable}.
 */
package org.openmargin.parquet;
