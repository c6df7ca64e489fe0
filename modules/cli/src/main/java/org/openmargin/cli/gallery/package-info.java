/**
 * The commands {@code gallery create}, {@code enrol}, {@code rename}, {@code remove}, {@code list}
 * and {@code evaluate}. Begin with {@link org.openmargin.cli.gallery.GalleryCommand}.
 */
package org.openmargin.cli.gallery;
