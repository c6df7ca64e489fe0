/**
 * Scores archives on Apache Spark. From an exported model and files, manifests or tables of images
 * to one table of answers, each file a row; or, inside a pipeline of Spark ML, a column. Begin with
 * {@link org.openmargin.spark.SparkScoring}; {@link org.openmargin.spark.ScoreJob} is what {@code
 * spark-submit} starts.
 */
package org.openmargin.spark;
