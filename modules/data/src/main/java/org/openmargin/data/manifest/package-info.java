/**
 * Manifests: tables (CSV) with a row per image, its path, class, part, group and site. From a file
 * to rows, or to all that is wrong with them. Begin with {@link
 * org.openmargin.data.manifest.Manifest}.
 */
package org.openmargin.data.manifest;
