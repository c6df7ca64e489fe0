/**
 * Parquet files as manifests. From a file to columns of text and of encoded images, found as a
 * service of {@link org.openmargin.files.table.TableReader}, so that nothing depends on it. Begin
 * with {@link org.openmargin.parquet.ParquetTable}. Answers are written without a library, by
 * {@code org.openmargin.inference.parquet}: Apache's needs 26 MB and Hadoop's classes.
 */
package org.openmargin.parquet;
