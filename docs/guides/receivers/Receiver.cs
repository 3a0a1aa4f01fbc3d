// A receiver in C#, for .NET and Mono.
//
//   mcs Receiver.cs && WEBHOOK_KEYS="KEY ..." PORT=9000 mono Receiver.exe
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text;

public static class Receiver
{
    /// <summary>Returns whether any key signed the raw body within maxAge seconds of now.</summary>
    static bool Verify(string[] keys, string timestamp, byte[] body, string signature, long maxAge = 300)
    {
        byte[] signed = Encoding.UTF8.GetBytes(timestamp + ",").Concat(body).ToArray();
        bool matches = false;
        foreach (string key in keys)
        {
            using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(key)))
            {
                string expected = BitConverter.ToString(hmac.ComputeHash(signed)).Replace("-", "").ToLowerInvariant();
                matches |= CryptographicOperations.FixedTimeEquals(
                    Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
            }
        }
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return matches && Math.Abs(now - long.Parse(timestamp)) <= maxAge;
    }

    public static void Main()
    {
        string[] keys = Environment.GetEnvironmentVariable("WEBHOOK_KEYS")
            .Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        var listener = new HttpListener();
        listener.Prefixes.Add("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT") + "/hook/");
        listener.Start();
        while (true)
        {
            HttpListenerContext context = listener.GetContext();
            var body = new MemoryStream();
            context.Request.InputStream.CopyTo(body); // the raw bytes
            bool verified = Verify(
                keys,
                context.Request.Headers["X-Determined-AI-Signature-Timestamp"] ?? "",
                body.ToArray(),
                context.Request.Headers["X-Determined-AI-Signature"] ?? "");
            Console.WriteLine(verified ? "verified " + body.Length + " bytes" : "not verified");
            context.Response.StatusCode = verified ? 204 : 401;
            context.Response.Close();
        }
    }
}
