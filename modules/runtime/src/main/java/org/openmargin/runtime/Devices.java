package org.openmargin.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * The devices that TensorFlow can use in this process.
 *
 * @param names such as {@code CPU:0} and {@code GPU:0}
 */
public record Devices(List<String> names) {
  private static final String PREFIX = "/device:";

  public Devices {
    names = List.copyOf(names);
  }

  /**
   * Lists all devices. This fixes the thread pools and GPU memory of the process: a program that
   * will compute should call {@link #list(RuntimeSettings)} instead.
   */
  public static Devices list() {
    return list(
        ConfigProto.newBuilder()
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build());
  }

  /**
   * Lists the devices of sessions with these settings.
   *
   * @throws org.tensorflow.exceptions.TensorFlowException if there is no GPU of that index
   */
  public static Devices list(RuntimeSettings settings) {
    return list(settings.sessionConfig());
  }

  private static Devices list(ConfigProto config) {
    TensorFlowLog.quieten();
    var bytes = config.toByteArray();
    try (var scope = new PointerScope();
        var status = TF_Status.newStatus();
        var options = TFE_ContextOptions.newContextOptions();
        var serialized = new BytePointer(bytes)) {
      scope.attach(status);
      tensorflow.TFE_ContextOptionsSetConfig(options, serialized, bytes.length, status);
      status.throwExceptionIfNotOK();
      var context = tensorflow.TFE_NewContext(options, status);
      status.throwExceptionIfNotOK();
      try {
        return new Devices(names(context, status));
      } finally {
        tensorflow.TFE_DeleteContext(context);
      }
    }
  }

  private static List<String> names(TFE_Context context, TF_Status status) {
    var devices = tensorflow.TFE_ContextListDevices(context, status);
    status.throwExceptionIfNotOK();
    try {
      var names = new ArrayList<String>();
      for (var i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
        var name = tensorflow.TF_DeviceListName(devices, i, status).getString();
        names.add(name.substring(name.indexOf(PREFIX) + PREFIX.length()));
      }
      return names;
    } finally {
      tensorflow.TF_DeleteDeviceList(devices);
    }
  }

  public boolean hasGpu() {
    return names.stream().anyMatch(name -> name.startsWith("GPU:"));
  }
}
