/**
 * Converts data sets: class folders, manifests, npz archives and TFRecord files to TFRecord files,
 * or to a folder of image files with a manifest. Begin with {@link
 * org.openmargin.data.convert.TfRecordFolder}.
 */
package org.openmargin.data.convert;
