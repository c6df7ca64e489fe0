/**
 * Manifests: tables with a row per image, its path or the image itself, its class, part, group and
 * site. From a file to rows, or to all that is wrong with them. Begin with {@link
 * org.openmargin.data.manifest.Manifest}.
 */
package org.openmargin.data.manifest;
