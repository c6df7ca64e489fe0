/**
 * Images that come one after the other with what is said of them: records of TFRecord files, rows
 * of tables that hold their images. From these to a data set. Begin with {@link
 * org.openmargin.data.records.RecordDataset}.
 */
package org.openmargin.data.records;
