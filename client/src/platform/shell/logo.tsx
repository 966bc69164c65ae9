/** The sign of the product: two voices around one centre. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="#0b6b68" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M22.6 11.2a8 8 0 1 0 0 9.6" />
        <path d="M18.8 13.8a3.6 3.6 0 1 0 0 4.4" />
      </g>
    </svg>
  );
}
