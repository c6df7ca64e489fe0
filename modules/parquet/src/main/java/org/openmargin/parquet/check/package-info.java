/**
 * Whether what a Parquet file says of its own sizes fits the file, before the reader takes memory
 * for it. From what Apache's reader hands out to the same, or one line about the damage. Begin with
 * {@link org.openmargin.parquet.check.CheckedPages}.
 */
package org.openmargin.parquet.check;
