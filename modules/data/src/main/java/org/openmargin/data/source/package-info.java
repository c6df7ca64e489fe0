/**
 * Where images come from: folders of image files, npz archives, MedMNIST and its download. From a
 * path to a {@link org.openmargin.data.Dataset}. Begin with {@link
 * org.openmargin.data.source.FolderSource}, then {@link org.openmargin.data.source.NpzSource}.
 */
package org.openmargin.data.source;
