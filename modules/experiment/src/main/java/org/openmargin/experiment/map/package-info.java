/** What a map of embeddings shows: which images, and its figures as text and JSON. */
package org.openmargin.experiment.map;
