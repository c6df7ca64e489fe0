package org.openmargin.data.manifest;

import java.nio.file.Path;
import org.openmargin.data.entry.DataEntry;

/**
 * A row of a manifest.
 *
 * @param line in the file, from 1
 * @param image the file that its path means
 */
public record ManifestRow(long line, Path image, DataEntry entry) {}
