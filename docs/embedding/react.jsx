// The calculator in a page made with React 19, which puts the script into the head once however many calculators there are.
import { useEffect, useRef, useState } from "react";

const SITE = "https://duty.example.org/calculator/";

/** The calculator with the attributes of docs/embedding.md; `onResult` hears the two countries and the agreement that wins. */
export function DutyCalculator({ onResult, ...settings }) {
  const element = useRef(null);
  useEffect(() => {
    const calculator = element.current;
    const hear = (event) => onResult?.(event.detail);
    calculator.addEventListener("cafta:result", hear);
    return () => calculator.removeEventListener("cafta:result", hear);
  }, [onResult]);
  return (
    <>
      <script async src={`${SITE}embed.js`} />
      <cafta-calculator ref={element} {...settings}>
        <a href={SITE}>CAFTA duty calculator</a>
      </cafta-calculator>
    </>
  );
}

/** A page that asks for one of two countries and says which agreement wins. */
export function Page() {
  const [from, setFrom] = useState("TH");
  const [result, setResult] = useState(null);
  return (
    <main>
      <h1>Durians for China</h1>
      <button onClick={() => setFrom("TH")}>From Thailand</button>
      <button onClick={() => setFrom("VN")}>From Viet Nam</button>
      <DutyCalculator from={from} to="CN" hs="081060" lang="en" compact height="440" onResult={setResult} />
      <p>{result?.best ? `From ${result.from}, ${result.best.toUpperCase()} has the lowest duty.` : "Choose a product."}</p>
    </main>
  );
}
