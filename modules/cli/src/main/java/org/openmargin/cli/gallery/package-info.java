/**
 * The commands {@code gallery create}, {@code enrol}, {@code rename}, {@code remove} and {@code
 * list}. Begin with {@link org.openmargin.cli.gallery.GalleryCommand}.
 */
package org.openmargin.cli.gallery;
