/**
 * Finds new classes among images that a model rejects. From image files to groups of similar ones,
 * a page to look at, and a table that a gallery enrols. Begin with {@link
 * org.openmargin.inference.discovery.Discovery}.
 */
package org.openmargin.inference.discovery;
