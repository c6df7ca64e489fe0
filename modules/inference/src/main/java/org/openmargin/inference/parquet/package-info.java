/**
 * Writes Apache Parquet files, so that answers can be read by any tool for tables. From values to
 * bytes; it does not read them, and uses no library, because those there are bring Hadoop. Begin
 * with {@link org.openmargin.inference.parquet.ParquetTable}.
 */
package org.openmargin.inference.parquet;
