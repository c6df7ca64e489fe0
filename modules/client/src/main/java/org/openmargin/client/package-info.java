/**
 * Asks a model that a server has, instead of loading it. From image files to the same answers as in
 * this JVM, by TensorFlow Serving's gRPC or REST. Begin with {@link
 * org.openmargin.client.RemoteModel}.
 */
package org.openmargin.client;
