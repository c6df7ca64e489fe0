/**
 * Known images as another camera, stain or site would give them: corrupted test images, and folders
 * of a user. From known images to the same classes under a shift. Begin with {@link
 * org.openmargin.data.shift.Corruption}.
 */
package org.openmargin.data.shift;
