/**
 * Galleries of exported models. From folders of images, one per identity, to the next version of
 * the model. Begin with {@link org.openmargin.inference.gallery.ModelGallery}.
 */
package org.openmargin.inference.gallery;
