/**
 * The images that are stored with a model as examples: drawn ones, or some of those it was tested
 * with. From a loaded model to a few images that meet each of its answers. Begin with {@link
 * org.openmargin.exporter.example.ExampleChoice}.
 */
package org.openmargin.exporter.example;
