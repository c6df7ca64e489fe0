/**
 * Writes Apache Parquet files, so that answers can be read by any tool for tables. From values to
 * bytes; it does not read them, and uses no library: whoever only scores an archive would get 26 MB
 * of Apache's reader and of Hadoop's classes, which are in {@code openmargin-parquet} for who
 * trains on such files. Begin with {@link org.openmargin.inference.parquet.ParquetTable}.
 */
package org.openmargin.inference.parquet;
