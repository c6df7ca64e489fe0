package org.openmargin.benchmark;

import java.nio.file.Path;

/**
 * What collecting did.
 *
 * @param file the packed file
 * @param added results that were single files before
 * @param total results in the packed file
 */
public record ResultCollection(Path file, int added, int total) {}
