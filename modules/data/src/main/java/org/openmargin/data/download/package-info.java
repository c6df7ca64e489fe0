/**
 * Fetches data sets: from an address to a file whose checksum is right, resumed where it stopped.
 * Begin with {@link org.openmargin.data.download.Download}.
 */
package org.openmargin.data.download;
